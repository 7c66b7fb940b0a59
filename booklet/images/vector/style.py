"""The styles of a drawing: which are harmless, and which are plain enough that every reader parses them."""

from __future__ import annotations

import re

FRAGMENT = re.compile(r"#[^\s\"'()<>]+")
"""A reference into the same document."""

_URL = re.compile(r"url\s*\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)]*))\s*\)", re.IGNORECASE)
_DANGER = re.compile(r"[@\\<]|expression|javascript:|behavior|-moz-binding|image-set|src\s*\(", re.IGNORECASE)
MAX_NUMBER = 1e6
_NUMBER = re.compile(r"\d+\.?\d*(?:[eE][+-]?\d+)?")
_COLOUR = re.compile(r"#[\w-]+")  # `#1e9999` is no number
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SHEET = re.compile(r"(?:[^{}]+\{[^{}]*\})*\s*")
_SELECTORS = re.compile(r"[\w\s.#,>*:()+~-]+")
_DECLARATION = re.compile(r"-{0,2}[a-zA-Z][\w-]*\s*:\s*[^:]+")


def is_harmless(text: str) -> bool:
    """No at-rule, no escape, no reference but to a fragment of this drawing. For any attribute's value."""
    if _DANGER.search(text):
        return False
    references = ["".join(found).strip() for found in _URL.findall(text)]
    if len(references) != len(re.findall(r"url\s*\(", text, re.IGNORECASE)):
        return False
    return all(FRAGMENT.fullmatch(reference) for reference in references)


def has_sane_numbers(text: str) -> bool:
    """No number that a PDF cannot hold: one `1e300` makes a page unreadable. For any value."""
    return all(abs(float(number)) <= MAX_NUMBER for number in _NUMBER.findall(_COLOUR.sub(" ", text)))


def fragments(text: str) -> list[str]:
    """The ids that `url(#…)` in a style or an attribute refers to."""
    return ["".join(found).strip()[1:] for found in _URL.findall(text)]


def plain_sheet(text: str) -> str:
    """A `<style>` element's rules without comments; empty if they are not harmless and simple.

    Simple is what the grammar of CSS 2.1 is sure to parse: EPUBCheck refuses a book for one stray brace.
    """
    sheet = _COMMENT.sub(" ", text).strip()
    if not is_harmless(sheet) or not has_sane_numbers(sheet) or not _SHEET.fullmatch(sheet):
        return ""
    for selectors, block in _RULE.findall(sheet):
        declarations = [part.strip() for part in block.split(";") if part.strip()]
        plain = _SELECTORS.fullmatch(selectors) and all(map(_DECLARATION.fullmatch, declarations))
        if not plain or block.count('"') % 2 or block.count("'") % 2 or block.count("(") != block.count(")"):
            return ""
    return sheet
