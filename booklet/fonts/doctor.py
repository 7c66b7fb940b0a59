"""The font doctor: names each character that no face has, with article and line, and what stands for it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from booklet.findings import Finding, finding
from booklet.fonts.faces import Faces
from booklet.model import Article, CleanArticle

_TAG = re.compile(r"<[^>]*>")


def stand_in(character: str) -> str:
    """What is printed where no face has the character: its name in brackets.

    Names that only repeat the code point (`CJK UNIFIED IDEOGRAPH-2A6D6`) say less than `U+2A6D6`.
    """
    code = f"{ord(character):04X}"
    name = unicodedata.name(character, code)
    return f"〔U+{code}〕" if code in name else f"〔{name}〕"


def diagnose(articles: Sequence[CleanArticle], faces: Faces) -> tuple[Finding, ...]:
    """All characters of the articles that would have no glyph, in the articles' order."""
    texts = [f"{clean.article.title}\n{html.unescape(_TAG.sub('', clean.body))}" for clean in articles]
    missing = faces.missing(texts)
    return tuple(
        found
        for clean, text in zip(articles, texts, strict=True)
        for found in glyph_findings(missing.intersection(text), clean.article)
    )


def glyph_findings(characters: Iterable[str], article: Article | None) -> Iterator[Finding]:
    """One finding a character, by its Unicode name; without an article: on the booklet's own pages."""
    source = article.source if article else ""
    for character in sorted(characters):
        code = f"U+{ord(character):04X}"
        name = unicodedata.name(character, "") or code
        line = _line(character, article) if article else None
        yield finding("glyph-missing", source, line, character=code, name=name)


def _line(character: str, article: Article) -> int | None:
    """Where the character first stands in the file; None if it is written as an entity or in the title."""
    before, found, _ = article.body.partition(character)
    return article.body_line + before.count("\n") if found else None
