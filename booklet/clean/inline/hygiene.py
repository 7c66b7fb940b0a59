"""Hygiene of Chinese text (`hygiene_rules`) on every line of the tree outside code and formulas."""

from __future__ import annotations

from dataclasses import replace

from booklet.clean.draft import OFF, Draft, Hygiene
from booklet.clean.inline.hygiene_rules import tidied_pieces
from booklet.clean.tree import Element
from booklet.clean.vocabulary import BLOCKS, names

_VERBATIM = names("pre code kbd samp var math svg")
FORMULA = ("data-tex", "data-math", "data-mathml")
"""Attributes of what will be a formula."""
_BREAKS = BLOCKS | {"br", "img", "video-card", "notes"}


def hygiene(draft: Draft) -> None:
    """Put right every line outside code and formulas; in articles that are not Chinese only icons go."""
    rules = draft.hygiene
    if rules == OFF:
        return
    if draft.article.lang.partition("-")[0].lower() != "zh":
        rules = replace(OFF, glyphs=rules.glyphs)
    line: list[tuple[Element, int] | None] = []
    changed = False
    stack: list[tuple[Element, int] | Element | None] = [draft.root]
    while stack:
        item = stack.pop()
        if item is None:
            changed |= _tidy_line(line, rules)
            line = []
        elif isinstance(item, tuple):
            line.append(item)
        elif item.name in _VERBATIM or any(name in item.attrs for name in FORMULA):
            line.append(None)
        else:
            if item.name in _BREAKS:
                changed |= _tidy_line(line, rules)
                line = []
                stack.append(None)
            stack.extend(
                child if isinstance(child, Element) else (item, index)
                for index, child in reversed(list(enumerate(item.children)))
            )
    changed |= _tidy_line(line, rules)
    draft.broken |= changed


def _tidy_line(line: list[tuple[Element, int] | None], rules: Hygiene) -> bool:
    """The pieces of one line are judged as one text; None stands for something that is no text.

    Returns:
        Whether a line of marks and figures alone was changed: it may be a number now, which it was not when
        runs of numbers were looked for.
    """
    if all(place is None for place in line):
        return False
    before = [_text(place) for place in line]
    after = tidied_pieces(before, rules)
    for place, text in zip(line, after, strict=True):
        if place is not None:
            place[0].children[place[1]] = text
    return after != before and not any(map(str.isalpha, "".join(after)))


def _text(place: tuple[Element, int] | None) -> str:
    if place is None:
        return "\ufffc"
    text = place[0].children[place[1]]
    return text if isinstance(text, str) else ""
