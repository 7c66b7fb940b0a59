"""Titles broken by meaning: at the space or mark that the author typed, no character alone on a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from booklet.render.text.characters import BREAK_AFTER, CLOSING, LATIN_MARKS, OPENING, is_wide, width_em
from booklet.render.text.phrases import are_known, ends

LEAST_PART_EM = 4.0
ONE_LINE_EM = 12.0
"""Titles up to this width stay on one line wherever they are printed."""
MOST_BREAKS = 2
"""A title with more spaces than this is a list, not a title in lines."""
BOUND = 3
"""Characters that a title's last line has at least."""
LONG_PIECE_EM = 14.0
"""A piece of a title that is wider is cut in two."""
LEAST_HALF = 0.3
"""Neither of the two is narrower than this share of the piece."""
WELL_PARTED = 0.1
"""A share of the piece's width. A space of the author's, or the place after 的, is taken for the cut even if
it lies so much farther from the middle than another place."""
LEAST_KEPT = 0.5
"""When a text is shortened: at least this share of the allowed length is kept, so that it may end well."""
MARK_WORTH = 4
"""When a text is shortened: so many more characters may go, so that it ends at a mark of the author's."""
_NO_END = OPENING + BREAK_AFTER + LATIN_MARKS + "、—_- "
PERIOD_WORD = re.compile(r"(每[日天周月季年]|本[周月季年])(?=..)")
"""`每周学习参考`: the first word of a serial's name, by which a cover may break it."""


@dataclass(frozen=True, slots=True)
class TitlePart:
    """A piece of a title that stays together where the line is long enough."""

    head: str
    tail: str
    """The last characters, which never part: a last line of one character cannot happen."""
    space: bool
    """Whether the author typed a space after it."""
    depth: int
    """Of the cut behind it. 0: the author's mark, or the end; 1: in the middle of a piece; 2: of its half."""
    breaks: bool
    """Whether the line ends here even where more would fit: the author's own space between Han."""
    em: float
    """Its width."""


def shorten(text: str, limit_em: float, language: str = "") -> str:
    """A text cut to a width, with an ellipsis where something is missing.

    It ends at a mark or between words, before a bracket rather than in it, unless that would leave little.
    """
    if width_em(text) <= limit_em:
        return text
    room, most = limit_em - 1, 0
    for character in text:
        room -= 1.0 if is_wide(character) else 0.5
        if room < 0:
            break
        most += 1
    spaces = {index for index, character in enumerate(text) if character == " "}
    places = (ends(text) if are_known(language) else spaces) - _inside_brackets(text)
    good = [place for place in places if LEAST_KEPT * most <= place <= most]
    kept = max(good, key=lambda place: place + MARK_WORTH * (text[place - 1] in BREAK_AFTER), default=most)
    return text[:kept].rstrip(_NO_END) + "…"


def title_parts(title: str, *, language: str = "", cover: bool = False) -> tuple[TitlePart, ...]:
    """Cut a title where it may break; joined again with the typed spaces it is the title.

    Args:
        title: as it is shown.
        language: its BCP 47 tag; where its words are known, a long piece without marks is cut between them.
        cover: large type, so that short titles break too, and after a period word.
    """
    title = " ".join(title.split())
    pieces = [title] if not cover and width_em(title) <= ONE_LINE_EM else _pieces(title)
    if cover and len(pieces) == 1 and (found := PERIOD_WORD.match(title)):
        pieces = [title[: found.end()], title[found.end() :]]
    merged = _merged(pieces, 2.0 if cover else LEAST_PART_EM)
    own = [piece for piece in merged[:-1] if piece.endswith(" ")]
    parts = []
    for piece in merged:
        *front, (last, end) = _by_phrases(piece) if are_known(language) else _halves(piece)
        parts += [_part(half, depth, breaks=False) for half, depth in front]
        parts.append(_part(last, end, breaks=last.endswith(" ") and len(own) <= MOST_BREAKS))
    return tuple(parts)


def title_pieces(title: str) -> tuple[str, ...]:
    """Cut a title at the spaces and marks that its author set; joined the pieces are the title."""
    return tuple(_merged(_pieces(title), LEAST_PART_EM))


def _pieces(title: str) -> list[str]:
    pieces, begin, depth = [], 0, 0
    for index, character in enumerate(title):
        depth += (character in OPENING) - (character in CLOSING and depth > 0)
        following = title[index + 1 : index + 2]
        if depth or not following:
            continue
        space = character == " " and is_wide(title[index - 1]) and is_wide(following)
        mark = character in BREAK_AFTER and following not in BREAK_AFTER + CLOSING + " "
        marks = BREAK_AFTER + (LATIN_MARKS if is_wide(following) else "")
        after_mark = character == " " and title[index - 1] in marks
        if space or mark or after_mark:
            pieces.append(title[begin : index + 1])
            begin = index + 1
    return [*pieces, title[begin:]]


def _merged(pieces: list[str], least_em: float) -> list[str]:
    merged: list[str] = []
    for piece in pieces:
        if merged and (width_em(piece.strip()) < least_em or width_em(merged[-1].strip()) < least_em):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def _by_phrases(piece: str, *, middle: int = 1, end: int = 0) -> list[tuple[str, int]]:
    """A long piece cut between phrases, near its middle, until no part is long; with the depth of each cut.

    Args:
        piece: the text.
        middle: the depth of a cut near its middle.
        end: that of the cut behind it.
    """
    whole = width_em(piece)
    if whole <= LONG_PIECE_EM or not any(map(is_wide, piece)):
        return [(piece, end)]
    places = []
    inside = _inside_brackets(piece)
    for index in ends(piece) - inside:
        left = width_em(piece[:index]) / whole
        if LEAST_HALF <= left <= 1 - LEAST_HALF:
            well = piece[index - 1] in "的 "
            places.append((abs(left - 0.5) - WELL_PARTED * well, index))
    if not places:
        return [(piece, end)]
    index = min(places)[1]
    halves = (piece[:index], middle), (piece[index:], end)
    return [part for half, its_end in halves for part in _by_phrases(half, middle=middle + 1, end=its_end)]


def _halves(piece: str) -> list[tuple[str, int]]:
    """A long piece cut near its middle: at a space beside Han, after 的, or between Han and a Latin word."""
    whole = width_em(piece)
    if whole <= LONG_PIECE_EM or not any(map(is_wide, piece)):
        return [(piece, 0)]
    places = []
    inside = _inside_brackets(piece)
    for index, (before, after) in enumerate(pairwise(piece), start=1):
        left = width_em(piece[:index]) / whole
        if (
            index in inside
            or after in CLOSING + BREAK_AFTER + LATIN_MARKS + " "
            or not LEAST_HALF <= left <= 1 - LEAST_HALF
        ):
            continue
        last = piece[index - 2] if before == " " else before
        # A number stays with what it counts.
        between_scripts = not last.isdecimal() and last != "第" and is_wide(last) != is_wide(after)
        if between_scripts or before == "的":
            places.append((abs(left - 0.5), index))
    if not places:
        return [(piece, 0)]
    index = min(places)[1]
    return [(piece[:index], 1), (piece[index:], 0)]


def _inside_brackets(piece: str) -> frozenset[int]:
    """The places between a bracket that opens and the one that closes it."""
    inside, depth = set(), 0
    for index, character in enumerate(piece, start=1):
        depth += (character in OPENING) - (character in CLOSING and depth > 0)
        if depth:
            inside.add(index)
    return frozenset(inside)


def _part(piece: str, depth: int, *, breaks: bool) -> TitlePart:
    text = piece.rstrip(" ")
    size = BOUND + (text[-1:] in CLOSING + BREAK_AFTER)
    binds = width_em(text) >= 2 * size and all(map(is_wide, text[-size:]))
    return TitlePart(
        head=text[:-size] if binds else text,
        tail=text[-size:] if binds else "",
        space=piece.endswith(" "),
        depth=depth,
        breaks=breaks,
        em=width_em(text),
    )
