"""Titles: found in a body that has none above it, and shortened where one is the text itself. Pure."""

from __future__ import annotations

import re

from booklet.collect.front_matter.fields import title as one_title
from booklet.collect.visible_text import FENCED, visible_text, without_elements
from booklet.model import BodyFormat

_SEARCHED_CHARS = 20_000
"""Of a body, among which its heading is looked for."""
LONG_EM = 40
"""Width above which a title that is the article's own beginning is shortened: two lines of a page's title."""
LONGEST_EM = 100
"""Width above which any title is: headlines have 30, the longest titles of official papers some 80."""
_SHORTEST_EM = 8
_MARK = re.compile(r"^ {0,3}#[ \t]+(\S.*)$|^ {0,3}(\S[^\n]*)\n {0,3}=+[ \t]*$", re.MULTILINE)
"""A heading of level 1 (CommonMark 4.2, 4.3)."""
_H1 = re.compile(r"<h1\b[^<>]*>(.{1,2000}?)</h1\s*>", re.DOTALL | re.IGNORECASE)
_CLOSING_SIGNS = re.compile(r"(?:^|\s+)#+\s*$")
"""Of a heading (CommonMark 4.2): not those of a word, as of `C#`."""
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|`+)(?=\S)(.+?)(?<=\S)\1")
_LINKED = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_INDENTED = re.compile(
    r"(?:^|\n)(?:[ \t]*\n)+(?:(?: {4}|\t)[^\n]*(?:\n|$))+|\A(?:(?: {4}|\t)[^\n]*(?:\n|$))+"
)
"""Indented code (CommonMark 4.4): it does not interrupt a paragraph."""
_INLINE_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^\n]{1,500}?(?<!`)\1(?!`)")
_PAIRS = {
    "《": "》",
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "「": "」",
    "『": "』",
    "【": "】",
    "[": "]",
    "〈": "〉",
}
_SENTENCE_ENDS = "。！？!?；;…"
_PAUSES = "，,、：:—"


def title_in_body(body: str, kind: BodyFormat) -> str:
    """The heading that the body begins with, or its only one of level 1, or its first `<h1>`.

    None out of a listing or a comment.

    Args:
        body: as the file has it.
        kind: in HTML, signs at the beginning of a line make no heading, but posts without tags mix both.
    """
    text = _without_code(body[:_SEARCHED_CHARS], kind)
    written = list(_MARK.finditer(text))
    begins = bool(written) and not text[: written[0].start()].strip()
    if begins or (len(written) == 1 and kind == "markdown"):
        heading = written[0]
        return one_title(_without_marks(_CLOSING_SIGNS.sub("", heading[1]) if heading[1] else heading[2]))
    found = _H1.search(_INLINE_CODE.sub(lambda code: "x" * len(code[0]), text))
    return one_title(re.sub(r"<[^<>]*>", "", text[found.start(1) : found.end(1)])) if found else ""


def _without_code(body: str, kind: BodyFormat) -> str:
    """The body without listings and comments, in which a heading is none."""
    text = without_elements(body, "!--", "pre", "script", "style", "template", "textarea")
    if kind == "html":
        return without_elements(text, "code")
    return _INDENTED.sub("\n", FENCED.sub("", text))


def _without_marks(heading: str) -> str:
    """A heading's words, without Markdown's emphasis and links."""
    return _EMPHASIS.sub(r"\2", _LINKED.sub(r"\1", heading))


def begins_with(body: str, title: str) -> bool:
    """Whether the body's text begins with the title: some feeds make titles of a text's first sentences."""
    wanted = _letters(title)
    return bool(wanted) and _letters(visible_text(body[:_SEARCHED_CHARS])).startswith(wanted)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def shortened(title: str, most_em: float = LONG_EM) -> str:
    """The title up to a mark: the last end of a sentence that fits, else a pause, a blank, or what fits.

    No bracket and no quotation is left open, if there is such a mark.
    """
    ends: dict[str, int] = {}
    width = 0.0
    closing: list[str] = []
    for place, char in enumerate(title):
        width += 1.0 if char > "\u2e7f" else 0.5
        if width > most_em - 1:
            break
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _PAIRS:
            closing.append(_PAIRS[char])
        if width < _SHORTEST_EM or closing:
            continue
        sentence = char in _SENTENCE_ENDS or (char == "." and title[place + 1 : place + 2] == " ")
        kind = "sentence" if sentence else "pause" if char in _PAUSES else "blank" if char == " " else "any"
        ends[kind] = place + (kind in ("sentence", "any"))
    else:
        return title
    if "sentence" in ends:
        return title[: ends["sentence"]].rstrip("。；;….")
    if "pause" in ends:
        return f"{title[: ends['pause']].rstrip(_PAUSES)}…"
    blank = ends.get("blank", 0)
    end = blank if blank * 2 > place else ends.get("any", place)
    return f"{title[:end].rstrip()}…"
