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
_SCRIPT = re.compile(
    r"(?!CJK|SQUARED|CIRCLED|PARENTHESIZED|NEGATIVE|MATHEMATICAL|DOUBLE|FULLWIDTH|HALFWIDTH|MODIFIER|COMBINING)"
    r"([A-Z][A-Z ]*?)(?: [A-Z]+)? "
    r"(?:LETTER|VOWEL|SIGN|DIGIT|SYLLABLE|SUBJOINED|CONSONANT|MARK|CHARACTER|SYMBOL|ACCENT|POINT)\b"
)


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
    """One finding for each script that has no face, and for each other character, by its Unicode name.

    Without an article they stand on the booklet's own pages.
    """
    source = article.source if article else ""
    scripts: dict[str, list[str]] = {}
    for character in sorted(characters):
        scripts.setdefault(script_of(character), []).append(character)
    for script, letters in scripts.items():
        if not script or len(letters) == 1:
            continue
        line = _line(letters[0], article) if article else None
        sample = "".join(letters[:MOST_NAMED])
        yield finding("script-missing", source, line, script=script, count=len(letters), characters=sample)
    alone = [one for script, letters in scripts.items() for one in letters if not script or len(letters) == 1]
    for character in sorted(alone):
        code = f"U+{ord(character):04X}"
        name = unicodedata.name(character, "") or code
        line = _line(character, article) if article else None
        yield finding("glyph-missing", source, line, character=code, name=name)


def script_of(character: str) -> str:
    """Of a letter, as Unicode names it (`Tibetan`); empty: a sign of no script, or a Han, told one by one."""
    name = unicodedata.name(character, "")
    found = _SCRIPT.match(name)
    return found[1].title() if found and unicodedata.category(character)[0] in "LMN" else ""


def once_for_each_script(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of a booklet, a script that has no face said where it stands first."""
    said: set[object] = set()
    for one in findings:
        script = dict(one.params).get("script") if one.code == "script-missing" else None
        if script is None or script not in said:
            said.add(script)
            yield one


def _line(character: str, article: Article) -> int | None:
    """Where the character first stands in the file; None if it is written as an entity or in the title."""
    before, found, _ = article.body.partition(character)
    return article.body_line + before.count("\n") if found else None
