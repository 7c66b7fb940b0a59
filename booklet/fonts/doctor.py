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


MOST_NAMED = 20
"""Characters that are named one by one; more are told together: mostly one face is missing, not so many."""


def diagnose(articles: Sequence[CleanArticle], faces: Faces) -> tuple[Finding, ...]:
    """All characters of the articles that would have no glyph, each once, where it stands first."""
    texts = [f"{clean.article.title}\n{html.unescape(_TAG.sub('', clean.body))}" for clean in articles]
    missing = faces.missing(texts)
    if len(missing) > MOST_NAMED:
        touched = sum(1 for text in texts if missing.intersection(text))
        sample = "".join(sorted(missing)[:MOST_NAMED])
        return (finding("glyphs-missing", count=len(missing), articles=touched, characters=sample),)
    found: list[Finding] = []
    left = set(missing)
    for clean, text in zip(articles, texts, strict=True):
        here = left.intersection(text)
        found += glyph_findings(here, clean.article)
        left -= here
    return tuple(found)


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
