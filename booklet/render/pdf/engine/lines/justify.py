"""Chinese lines as a typesetter sets them: what stands in the place of WeasyPrint's own functions for lines.

WeasyPrint 70 widens spaces only (layout/inline.py, `count_expandable_spaces`), so that a line of Han misses
the margin and Latin words on it are torn apart; it knows no marks that lose their empty half, and breaks no
word for which a whole line gapes. Here stands what is put around its functions for that.

Gaps are added to the advance widths of the glyphs that Pango shaped, in whole thousandths of an em: the unit
in which the library writes glyph positions, so that nothing is lost by rounding. The text stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from booklet.render.pdf.engine import library
from booklet.render.pdf.engine.library import Wrap, Wrappers
from booklet.render.pdf.engine.lines import glyphs
from booklet.render.pdf.engine.lines.copying import spelled_line
from booklet.render.pdf.engine.lines.glyphs import Edges
from booklet.render.pdf.engine.lines.lineboxes import (
    finish_line_end,
    hang_spaces,
    leader_room,
    note_neighbours,
    space,
    trim_end,
)
from booklet.render.pdf.engine.lines.spacing import Letter, capacity, letters_of
from booklet.render.pdf.engine.lines.title_lines import keep_parts_whole
from booklet.render.pdf.engine.lines.words import WORST_BREAK, breaks, word_at, worst_break
from booklet.render.text.marks import CLOSING, OPENING, ends_loosely, width_with_mark

_OPENING_MARKS = frozenset(OPENING)
_MARKS = frozenset(OPENING + CLOSING)
_START = frozenset({"left", "start"})
_COLLAPSING = frozenset({"normal", "nowrap", "pre-line"})
"""Where spaces are kept, nothing is justified (layout/inline.py, `text_align`)."""
_HYPHEN = "-"
_NO_WIDTH = 0.01  # CSS px
_THIN_EM = 0.2  # less than a letter takes
_CODE = frozenset({"code", "kbd", "samp", "pre"})

Box = Any  # the library has no types


def wrappers() -> Wrappers:
    """What is put around the library's functions while lines are set our way."""
    lines = _Lines()
    inline, layout = "weasyprint.layout.inline", "weasyprint.text.line_break:Layout"
    return {
        f"{inline}:text_align": lines.around("text_align"),
        f"{inline}:split_inline_box": lines.around("split_inline_box"),
        f"{inline}:split_text_box": lines.around("split_text_box"),
        f"{inline}:can_break_inside": lines.around("can_break_inside"),
        f"{layout}.set_text": lambda original: _wrap_set_text(original, lines),
        f"{layout}.get_first_line": glyphs.drawn_line,
        "weasyprint.draw.text:draw_first_line": spelled_line,
    }


@dataclass(slots=True)
class _Lines:
    """What is known of the line that is being filled, for functions that see one box of it each."""

    originals: dict[str, Callable[..., Any]] = field(default_factory=dict)
    """What the methods of the same names are put around."""
    start: float = 0.0
    """Where the line begins, in CSS px."""
    end: float = 0.0
    """Where it has to end."""
    pieces: list[tuple[float, Box]] = field(default_factory=list)
    """Its text boxes so far, with their places."""
    edges: Edges | None = None
    """Of the text that is being shaped."""

    def around(self, name: str) -> Wrap:
        """Put a method around the function of the same name."""

        def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
            self.originals[name] = original
            method: Callable[..., Any] = getattr(self, name)
            return method

        return wrap

    def split_inline_box(self, context: object, box: Box, position_x: float, *rest: Any) -> Any:
        """Note where a line begins; once, what stands beside each of its texts."""
        if not isinstance(box, library.boxes.LineBox):
            return self.originals["split_inline_box"](context, box, position_x, *rest)
        if not hasattr(box, "booklet_neighbours"):
            box.booklet_neighbours = True
            note_neighbours(box)
            keep_parts_whole(context, box, rest[0] - position_x)
        end = rest[0] - leader_room(box)
        outer = self.start, self.end, self.pieces
        self.start, self.end, self.pieces = position_x, end, []
        try:
            return self.originals["split_inline_box"](context, box, position_x, end, *rest[1:])
        finally:
            self.start, self.end, self.pieces = outer

    def split_text_box(
        self,
        context: object,
        box: Box,
        available_width: float | None,
        skip: int,
        is_line_start: bool = True,  # noqa: FBT001, FBT002 - theirs
    ) -> Any:
        """Split as the library does; then see whether a mark or a part of a word fits besides."""
        if _is_code(box.style) or _is_measured(box):
            split = self.originals["split_text_box"]
            result = split(context, box, available_width, skip, is_line_start)
            if not _is_measured(box):
                hang_spaces(split, context, result[0], available_width)
            return result
        result = self._split(context, box, available_width, skip)
        if available_width is None or not _may_refine(box.style):
            return result
        self.pieces = [(place, piece) for place, piece in self.pieces if place < box.position_x]
        new_box, resume, preserved = result
        broken = resume is not None or (new_box is not None and new_box.width > available_width)
        if broken and not preserved and new_box is not None:
            whole = self._all_but_a_space(context, box, available_width, skip, new_box)
            result = whole or self._refine(context, box, available_width, skip, result)
        if result[0] is not None:
            self.pieces.append((box.position_x, result[0]))
        return result

    def can_break_inside(self, box: Box) -> bool:
        """Whether a text that fits may break, because what is bound to it does not (a note's number).

        The library asks it when a line overflows, and then splits the box a little narrower.
        """
        if self.originals["can_break_inside"](box):
            return True
        if not isinstance(box, library.boxes.TextBox) or _is_measured(box):
            return False
        if _is_code(box.style) or not _may_refine(box.style):
            return False
        _, word = word_at(box.text)
        before = [(place, piece) for place, piece in self.pieces if place < box.position_x]
        return bool(word and before and self._worst_break(box, word, before, self.end - box.position_x))

    def _split(self, context: object, box: Box, available_width: float | None, skip: int) -> Any:
        """The library's own splitting, with the text's edges known."""
        done = getattr(box, "pango_layout", None)
        at_start = self._starts_line(box)
        if done is not None:  # a second look at a finished box
            self.edges = Edges(done.booklet_edges.first, None)
        else:
            before, after = getattr(box, "booklet_neighbours", ("", ""))
            first = at_start or (not skip and before in _OPENING_MARKS)
            self.edges = Edges(first, box.text.encode()[skip:].decode() if after in _MARKS else None)
        split = self.originals["split_text_box"]
        try:
            return split(context, box, available_width, skip, is_line_start=at_start)
        finally:
            self.edges = None

    def _all_but_a_space(
        self, context: object, box: Box, available_width: float, skip: int, new_box: Box
    ) -> Any:
        """All of a text that fits but for the space at its end, which may stand beyond the margin.

        The library gives its first word alone then (text/line_break.py, `split_first_line`, step 3).
        """
        rest = box.text.encode()[skip:].decode()
        is_word = " " not in new_box.text.strip()
        if not is_word or rest[-1:] != " " or len(rest) * box.style["font_size"] * _THIN_EM > available_width:
            return None
        whole = self._split(context, box, None, skip)
        width = whole[0].width - library.inline.trailing_whitespace_size(context, whole[0])
        return whole if width <= available_width else None

    def _starts_line(self, box: Box) -> bool:
        return bool(box.position_x <= self.start + _NO_WIDTH)

    def _refine(self, context: object, box: Box, available_width: float, skip: int, result: Any) -> Any:
        """A better result for a text that breaks, or the same."""
        new_box, resume, _ = result
        if new_box.width > available_width and ends_loosely(new_box.text):
            # Within the whole text its last mark was narrow, at a mark that is on the next line now.
            trim_end(new_box)
            if new_box.width <= available_width:
                return result
        if resume is not None and new_box.width > available_width:
            # Pango breaks lines before it takes spacing back from their ends.
            narrower = 2 * available_width - new_box.width
            result = new_box, resume, _ = self._split(context, box, narrower, skip)
        rest = box.text.encode()[skip:]
        overflows = new_box.width > available_width
        kept = "" if overflows else rest[: resume - skip].decode()
        after = rest.decode()[len(kept) :]
        slack = available_width - (0.0 if overflows else new_box.width)
        if width_with_mark(after) * box.style["font_size"] <= slack + _NO_WIDTH:
            pushed = self._push_in(context, box, available_width, skip)
            if pushed:
                return pushed
        lead, word = word_at(after)
        if not word:
            return result
        before = self.pieces if overflows else [*self.pieces, (box.position_x, new_box)]
        at_start = overflows and self._starts_line(box)
        worst = WORST_BREAK if at_start else self._worst_break(box, word, before, slack)
        if not worst:
            return result
        return self._break_word(context, box, available_width, skip, kept + lead, (word, worst)) or result

    def _push_in(self, context: object, box: Box, available_width: float, skip: int) -> Any:
        """Take what follows too, whose mark needs but half its width at the line's end."""
        wider = available_width + box.style["font_size"] / 2
        new_box, resume, preserved = self._split(context, box, wider, skip)
        if new_box.width <= available_width or not ends_loosely(new_box.text):
            return None
        trim_end(new_box)
        return (new_box, resume, preserved) if new_box.width <= available_width else None

    def _worst_break(self, box: Box, word: str, before: Sequence[tuple[float, Box]], slack: float) -> int:
        """The worst rank of break that is better than the line without the word; 0 for none."""
        if box.style["text_align_all"] != "justify":
            return worst_break(word, 0.0)
        letters = _letters([piece for _, piece in before])
        while letters and letters[-1].character in _OPENING_MARKS:
            slack += letters.pop().em / 2  # it goes with the word
        return worst_break(word, slack / (capacity(letters) or _NO_WIDTH))

    def _break_word(
        self,
        context: object,
        box: Box,
        available_width: float,
        skip: int,
        kept: str,
        word: tuple[str, int],
    ) -> Any:
        """The line up to a break within the word: the best that leaves no more slack than it can take.

        `kept` is what stands on the line before the word; with the word comes the worst rank allowed.
        """
        style = box.style
        letters, worst = word
        best: tuple[float, Box, int] | None = None
        possible = breaks(letters, style["lang"] or "", code=box.element_tag in _CODE)
        for rank in range(1, worst + 1):
            for place, hyphen, _ in (at for at in possible if at.rank <= rank):
                text = kept + letters[:place]
                trial = box.copy_with_text(text + _HYPHEN * hyphen)
                trial.booklet_neighbours = ("", "") if skip else (box.booklet_neighbours[0], "")
                new_box, resume, _ = self._split(context, trial, None, 0)
                slack = available_width - new_box.width
                if resume is None and slack >= 0:
                    if best is None or slack < best[0]:
                        best = slack, new_box, skip + len(text.encode())
                    break
            if best:
                room = capacity(_letters([*(piece for _, piece in self.pieces), best[1]]))
                if worst_break(letters, best[0] / (room or _NO_WIDTH)) <= rank:
                    break
        return best and (best[1], best[2], False)

    def text_align(
        self,
        context: object,
        line: Box,
        available_width: float,
        last: bool,  # noqa: FBT001 - theirs
    ) -> float:
        """Trim the line's end. Give a line that is not justified its quarter ems, as far as there is room."""
        if line.style["direction"] != "ltr" or _is_code(line.style):
            return self._aligned(context, line, available_width, last=last)
        align = line.style["text_align_last" if last else "text_align_all"]
        finish_line_end(line, trim=align not in _START)
        width = line.width
        offset = self._aligned(context, line, available_width, last=last)
        room = available_width - width
        spaced_already = line.width != width
        if room <= 0 or spaced_already:
            return offset
        given = space(line, room, fill=False)
        share: float = offset / room  # 0 at the start, one half centred, 1 at the end
        return offset - given * share

    def _aligned(self, context: object, line: Box, available_width: float, *, last: bool) -> float:
        """`text_align`; slack of a justified line goes between its letters, not into its spaces alone."""
        style, slack = line.style, available_width - line.width
        align = style["text_align_all"]
        if last and style["text_align_last"] != "auto":
            align = style["text_align_last"]
        if slack <= 0 or align != "justify" or style["white_space"] not in _COLLAPSING:
            offset: float = self.originals["text_align"](context, line, available_width, last)
            return offset
        line.booklet_short = slack - space(line, slack, fill=True)
        return 0


def _letters(pieces: Iterable[Box]) -> list[Letter]:
    return [
        letter for piece in pieces for letter in letters_of(piece.text, id(piece), piece.style["font_size"])
    ]


def _is_measured(box: Box) -> bool:
    """Whether the text has no place yet: it is split to learn how wide a cell or a float must be at least.

    The library asks that of the space at a line's end (layout/preferred.py, `trailing_whitespace_size`).
    """
    return not hasattr(box, "position_x")


def _is_code(style: Any) -> bool:
    """Whether columns must stay columns: spaces are kept (CSS Text 3 §3)."""
    return style["white_space"] in {"pre", "pre-wrap", "break-spaces"}


def _may_refine(style: Any) -> bool:
    return style["white_space"] in {"normal", "pre-line"} and style["direction"] == "ltr"


def _wrap_set_text(original: Callable[..., None], lines: _Lines) -> Callable[..., None]:
    """Shape some marks narrow."""

    def set_text(self: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        if lines.edges is not None:
            self.booklet_edges = lines.edges
        glyphs.set_text(self, text, original, justify=justify, plain=_is_code(self.style))

    return set_text
