"""The index of sources: who the articles are from, and what each of them gave, in dictionary order.

The order needs no locale library, and is the same on every machine: national character sets were drawn up in
it. GB 2312 orders its 3,755 common characters by pinyin, Big5 its 5,401 by strokes, JIS X 0208 its 2,965 by
reading, so that the bytes of a name say its place. A character with two readings stands under the one that
the standard chose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from booklet.model import Entry, Section
from booklet.render.templates.context import SectionView, SourceView
from booklet.words import printed

Key = tuple[tuple[int, bytes], ...]

MOST_CHARS = 60
"""The longest name in front matter: what is longer tells something else."""

_LATIN, _LISTED, _OTHERS = range(3)


def source_views(
    sections: Sequence[Section], views: Sequence[SectionView], labels: Mapping[str, str], language: str
) -> tuple[SourceView, ...]:
    """The sources of all articles that have one, in the order of the language's dictionaries."""
    entries = (entry for section in sections for entry in section.entries)
    shown = (entry for section in views for entry in section.entries)
    groups: dict[str, SourceView] = {}
    for entry, view in zip(entries, shown, strict=True):
        if name := source_of(entry, labels):
            before = groups[name].entries if name in groups else ()
            groups[name] = SourceView(name, len(before) + 1, (*before, view))
    return tuple(groups[name] for name in sorted(groups, key=lambda name: (index_key(name, language), name)))


def source_of(entry: Entry, labels: Mapping[str, str]) -> str:
    """The site, paper or account that an article is from; empty if nothing tells.

    Its front matter's `source`; else its author, for that is the account where posts are gathered from
    accounts; of several authors their site.
    """
    article = entry.article.article
    named = article.extra.get("source")
    if isinstance(named, str) and (name := " ".join(named.split())) and len(name) <= MOST_CHARS:
        return name
    if len(article.authors) == 1:
        return article.authors[0]
    return printed.host(article.url) or labels["names_join"].join(article.authors)


def index_key(name: str, language: str) -> Key:
    """Sorts names: Latin letters by alphabet, Han as the language's character set orders them, then the rest.

    Args:
        name: as it is printed; case, accents and the width of letters do not count, marks least of all.
        language: BCP 47, the reader's.
    """
    charset = _charset(language)
    plain = unicodedata.normalize("NFKD", name.casefold())
    return tuple(_place(character, charset) for character in plain if character.isalnum()) or (
        (_OTHERS, name.encode()),
    )


def _charset(language: str) -> str:
    main, *subtags = language.lower().split("-")
    if main == "zh" and {"hant", "tw", "hk", "mo"} & set(subtags) and "hans" not in subtags:
        return "big5"
    return "euc_jp" if main == "ja" else "gb2312"


def _place(character: str, charset: str) -> tuple[int, bytes]:
    if character.isascii():
        return _LATIN, character.encode()
    try:
        return _LISTED, character.encode(charset)
    except UnicodeEncodeError:
        return _OTHERS, character.encode()
