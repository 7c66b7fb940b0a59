"""Texts of a chapter as a reader sees them: one run from one block's edge to the next, whatever its markup.

A rule of line breaking must not end where `<b>` begins. `typography.py` says what the rules are. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

ATOM = "\ufffc"
"""Stands for a picture, a formula or a box of its own within a line."""
ATTACHED = "\ue000"
"""Stands for each character of a raised number, which belongs to what is before it."""

_FORMATS = ("abbr", "b", "bdi", "bdo", "cite", "del", "em", "font", "i", "ins", "mark", "s", "strong", "u")
_INLINE = frozenset(
    (*_FORMATS, "a", "code", "small", "kbd", "label", "q", "samp", "span", "sub", "sup", "time", "var")
)
_VERBATIM = frozenset(("code", "kbd", "samp"))
_SILENT = frozenset(("pre", "svg", "math", "title"))
_ATOMS = frozenset(("img", "svg", "math"))
_ATTACHED_TAGS = frozenset(("sup", "sub"))
_ATTACHED_CLASSES = frozenset(("noteref", "link-number"))
_BOXED_CLASSES = frozenset(("ruby", "formula", "page-ref"))
_FLOATED_CLASSES = frozenset(("page-note",))
_BLOCK_CLASSES = frozenset(("code-line", "note-part", "ruby-text", "title-part"))
_MISSING_PICTURE = "image-missing-"


@dataclass(slots=True)
class Piece:
    """One text of the tree."""

    element: etree._Element
    is_tail: bool
    text: str
    shown: str
    """What the rules see of it: as long as the text."""
    depth: int
    fixed: bool
    """No character may be put into it."""


@dataclass(slots=True)
class Run:
    """The pieces of one line of thought, in reading order."""

    block: etree._Element
    pieces: list[Piece] = field(default_factory=list)
    ends_block: bool = False

    @property
    def text(self) -> str:
        """All of it, as the rules see it."""
        return "".join(piece.shown for piece in self.pieces)

    def insert(self, change: Callable[[str], str]) -> None:
        """Apply a rule that adds characters and changes none; what it adds goes to where markup is least."""
        added = dict(_insertions(self.text, change(self.text)))
        if not added:
            return
        grown: dict[int, list[tuple[int, str]]] = {}
        for place, characters in added.items():
            start = 0
            fitting: list[tuple[int, int, int]] = []
            for index, piece in enumerate(self.pieces):
                end = start + len(piece.shown)
                if start <= place <= end and not piece.fixed:
                    fitting.append((piece.depth, index, place - start))
                start = end
            if fitting:
                _, index, at = min(fitting)
                grown.setdefault(index, []).append((at, characters))
        for index, insertions in grown.items():
            self.pieces[index] = _grow(self.pieces[index], insertions)


def _insertions(before: str, after: str) -> Iterator[tuple[int, str]]:
    """Where the second text has characters that the first has not: place in the first, characters."""
    place = 0
    added = ""
    for character in after:
        if place < len(before) and character == before[place]:
            if added:
                yield place, added
                added = ""
            place += 1
        else:
            added += character
    if added:
        yield place, added


def _grow(piece: Piece, insertions: list[tuple[int, str]]) -> Piece:
    text, shown = piece.text, piece.shown
    for at, characters in sorted(insertions, reverse=True):
        text = text[:at] + characters + text[at:]
        shown = shown[:at] + characters + shown[at:]
    if piece.is_tail:
        piece.element.tail = text
    else:
        piece.element.text = text
    return Piece(piece.element, piece.is_tail, text, shown, piece.depth, piece.fixed)


def runs(root: etree._Element) -> Iterator[Run]:
    """All runs below an element, each once."""
    reader = _Reader()
    reader.read_block(root)
    yield from reader.done


class _Reader:
    def __init__(self) -> None:
        self.done: list[Run] = []

    def read_block(self, block: etree._Element) -> None:
        """A block's own runs, and those of the blocks in it."""
        run = self._read(block, Run(block), 0, fixed=False, attached=False)
        run.ends_block = True
        self._finish(run)

    def _finish(self, run: Run) -> None:
        if run.text.strip():
            self.done.append(run)

    def _read(self, parent: etree._Element, run: Run, depth: int, *, fixed: bool, attached: bool) -> Run:
        """Read on within an element; the run that goes on after it."""
        if parent.text:
            run.pieces.append(_piece(parent, parent.text, depth, fixed=fixed, attached=attached))
        for child in parent:
            run = self._read_child(child, run, depth + 1, fixed=fixed, attached=attached)
            if child.tail:
                piece = _piece(child, child.tail, depth, fixed=fixed, attached=attached, is_tail=True)
                run.pieces.append(piece)
        return run

    def _read_child(self, child: etree._Element, run: Run, depth: int, *, fixed: bool, attached: bool) -> Run:
        tag = child.tag
        if not isinstance(tag, str):
            return run
        classes = frozenset(child.get("class", "").split())
        if tag in _ATOMS or classes & _BOXED_CLASSES:
            run.pieces.append(Piece(child, is_tail=False, text=ATOM, shown=ATOM, depth=depth, fixed=True))
            if tag not in _SILENT:
                self.read_block(child)
            return run
        if classes & _FLOATED_CLASSES:
            self.read_block(child)
            return run
        if tag in _INLINE and not classes & _BLOCK_CLASSES and _MISSING_PICTURE not in child.get("class", ""):
            return self._read(
                child,
                run,
                depth,
                fixed=fixed or tag in _VERBATIM,
                attached=attached or tag in _ATTACHED_TAGS or bool(classes & _ATTACHED_CLASSES),
            )
        run.ends_block = True
        self._finish(run)
        if tag not in _SILENT and tag != "br":
            self.read_block(child)
        return Run(run.block)


def _piece(
    element: etree._Element,
    text: str,
    depth: int,
    *,
    fixed: bool,
    attached: bool,
    is_tail: bool = False,
) -> Piece:
    shown = ATTACHED * len(text) if attached else text
    return Piece(element, is_tail, text, shown, depth, fixed or attached)
