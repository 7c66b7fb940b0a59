"""How a user names one article in `exclude` and `order`. Pure."""

from __future__ import annotations

import unicodedata

from booklet.model import Article


def names_article(text: str, article: Article) -> bool:
    """Whether `text` is the article's id, its path from the source folder, or the end of its whole path.

    The end must begin at a folder: `posts/a.md` is the end of `…/posts/a.md`, `osts/a.md` is not.
    """
    if text == article.id:
        return True
    wanted = plain_path(text)
    path = unicodedata.normalize("NFC", article.source_path.as_posix())
    return bool(wanted) and (wanted == article.source or f"/{path}".endswith(f"/{wanted}"))


def names_folder_of(text: str, article: Article) -> bool:
    """Whether `text` is a folder, as `source` has it, that the article lies in."""
    folder = plain_path(text)
    return bool(folder) and article.source.startswith(f"{folder}/")


def plain_path(text: str) -> str:
    """A path as `Article.source` writes it."""
    return unicodedata.normalize("NFC", text).replace("\\", "/").removeprefix("./").strip("/")
