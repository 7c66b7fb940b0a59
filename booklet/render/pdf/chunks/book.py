"""A long book in chunks: planned, laid out by workers, numbered, front and back matter last, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import Any

from booklet.events import Event, Reporter
from booklet.findings import Finding
from booklet.model import Booklet
from booklet.parts import ARTICLE, OPENER
from booklet.render.pdf.chunks.cutting import cut
from booklet.render.pdf.chunks.dispatch import Dispatcher
from booklet.render.pdf.chunks.isolation import Isolation, finished, outcome
from booklet.render.pdf.chunks.pictures import Pictures
from booklet.render.pdf.finish.assembly import assemble
from booklet.render.pdf.finish.numbering import Part, Placed, anchors_of, numbers_by_id, place
from booklet.render.pdf.finish.slots import UnfilledError
from booklet.render.pdf.trees.chapters import PrintChapter, stand_in_of
from booklet.render.pdf.trees.document import plain_head
from booklet.render.pdf.trees.long_lists import is_continued
from booklet.render.pdf.values.jobs import (
    BARE,
    MOST_DIGITS,
    Failed,
    Laid,
    LaidPage,
    Layout,
    Opening,
    PlanJob,
    Setting,
    UncutError,
)
from booklet.render.pdf.values.result import PdfResult
from booklet.render.text.page_map import PageMap, PageStart

_FRONT_PAGES = 4
"""Before the front matter is laid out; a wrong guess costs a second round where numbers run through."""
_ROUNDS = 4
_BYTES_PER_CHARACTER = 1000
"""So many bytes of pictures weigh as much as a character of HTML: a worker has room for some 400 MB of
them."""
NO_NUMBERS: Mapping[str, int] = {}


class ChunkSetter:
    """Sets one book whose chapters may be cut."""

    def __init__(
        self,
        booklet: Booklet,
        sheets: Sequence[PrintChapter],
        setting: Setting,
        dispatcher: Dispatcher,
        report: Reporter,
    ) -> None:
        self._booklet = booklet
        self._sheets = sheets
        self._index = {sheet.chapter.id: index for index, sheet in enumerate(sheets)}
        self._setting = setting
        self._dispatcher = dispatcher
        self._report = report
        self._pictures = Pictures(booklet, setting.css)
        self._body = _body_of(sheets)
        self._openings: tuple[Opening, ...] = ()
        self._isolation = Isolation(dispatcher, self._layout, self._note)

    @property
    def sheets(self) -> tuple[PrintChapter, ...]:
        """The chapters, with notes in the place of those that are known to fail alone."""
        return tuple(self._isolation.notes.get(sheet.chapter.id, sheet) for sheet in self._sheets)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found of chapters that fail alone."""
        return tuple(self._isolation.findings)

    def book(self, *, bound: bool) -> PdfResult:
        """Do it all.

        Args:
            bound: left and right pages differ.

        Raises:
            UncutError: the theme does not allow it.
            BookletError: `pdf-failed`, a chunk fails although every chapter alone succeeds.
            BrokenExecutor: the executor takes no more work.
        """
        self._openings = self._plan()
        body = self._laid_body()
        front = [Part(_nothing(_FRONT_PAGES), None)]
        known: dict[str, int] = {}
        for _ in range(_ROUNDS):
            numbers = _numbers(front, body)
            if front[0].laid.pdf and numbers == known:
                break
            known = numbers
            back = self._laid_matter(self._sheets[self._body.stop :], known)
            beginning = self._sheets[: self._body.start]
            front = self._laid_matter(beginning, _numbers(front, [*body, *back]))
        parts = [*front, *body, *back]
        placed = place(parts)
        if max(one.number for one in placed) >= 10**MOST_DIGITS:
            raise UncutError("too many pages")
        try:
            data = assemble(self._booklet, parts, placed, numbers_by_id(parts, placed), bound=bound)
        except (KeyError, UnfilledError, OSError) as error:  # or a face's file is not here
            raise UncutError(f"cannot be put together: {error}") from error
        said = dict.fromkeys(found for part in parts for found in part.laid.findings)
        return PdfResult(data, self._page_map(parts, placed), (*self.findings, *said))

    def _plan(self) -> tuple[Opening, ...]:
        html = plain_head(self._booklet.meta.language) + "\n".join(sheet.outer for sheet in self._sheets)
        job = PlanJob(self._setting, html, tuple(sheet.chapter.id for sheet in self._sheets))
        planned = outcome(self._dispatcher.submit(job), self._dispatcher.beat)
        if isinstance(planned, Failed):
            raise UncutError(planned.reason)
        if planned.obstacle:
            raise UncutError(planned.obstacle)
        openings: tuple[Opening, ...] = planned.openings
        if self._body.start == 0 or not openings[self._body.start].forced:
            raise UncutError("no front matter on pages of its own")
        return openings

    def _laid_body(self) -> list[Part]:
        own = self._sheets[self._body.start : self._body.stop]
        openings = self._openings[self._body.start : self._body.stop]
        chunks = cut(openings, [sheet.chapter.id for sheet in own], [*map(self._weight, own)])
        futures = [self._dispatcher.submit(self._layout(own[one.start : one.stop])) for one in chunks]
        self._count(futures)
        parts = []
        uncut: UncutError | None = None
        for one, future in zip(chunks, futures, strict=True):
            try:
                laid = outcome(future, self._dispatcher.beat)
                if isinstance(laid, Failed):
                    laid = self._isolation.laid(own[one.start : one.stop])
                parts.append(Part(laid, openings[one.start].side))
            except UncutError as error:
                # The others are looked at all the same: whoever sets the book must know what hangs or kills.
                uncut = uncut or error
        if uncut is not None:
            raise uncut
        return parts

    def _weight(self, sheet: PrintChapter) -> int:
        return len(sheet.html) + self._pictures.size_of(sheet.html) // _BYTES_PER_CHARACTER

    def _count(self, futures: Sequence[Future[Any]]) -> None:
        """Tell of pages until all is done."""
        pages = 0
        for future in finished(futures, self._dispatcher.beat):
            with suppress(UncutError):
                answer = outcome(future, self._dispatcher.beat)
                pages += len(answer.pages) if isinstance(answer, Laid) else 0
            self._report(Event("pdf", pages, 0))

    def _note(self, sheet: PrintChapter) -> PrintChapter:
        return stand_in_of(sheet, self._booklet.meta.language)

    def _laid_matter(self, sheets: Sequence[PrintChapter], numbers: Mapping[str, int]) -> list[Part]:
        """Front or back matter, which names page numbers; the parts of a long list each for itself."""
        parts: list[Part] = []
        for own in _by_parts(sheets):
            # As many pages of front matter stand before: of them depend its sides and roman numbers.
            pages = sum(len(part.laid.pages) for part in parts)
            future = self._dispatcher.submit(self._layout(own, numbers, pages))
            laid = outcome(future, self._dispatcher.beat)
            if isinstance(laid, Failed):
                raise UncutError(laid.reason)
            parts.append(Part(laid, self._openings[self._index[own[0].chapter.id]].side))
        return parts

    def _layout(
        self, sheets: Sequence[PrintChapter], numbers: Mapping[str, int] = NO_NUMBERS, pages: int = 0
    ) -> Layout:
        """The job of neighbouring chapters; `pages` of front matter are laid out already."""
        first = self._index[sheets[0].chapter.id]
        in_front = first < self._body.start
        body = "\n".join(sheet.html for sheet in sheets)
        return Layout(
            setting=self._setting,
            head=plain_head(self._booklet.meta.language),
            before="\n".join(self._front(first, pages) if in_front else self._before(first)),
            body=body,
            first=sheets[0].chapter.id if first else "",
            images=tuple(self._pictures.of(body)),
            chapters=() if in_front else tuple(sheet.chapter.id for sheet in sheets),
            numbers=tuple(sorted(numbers.items())),
            whole=in_front,
        )

    def _front(self, first: int, pages: int) -> Iterator[str]:
        """So many empty pages: the chapters before, and more of the list that is continued."""
        shells = [sheet.outer for sheet in self._sheets[:first]]
        yield from shells
        yield from [self._sheets[first].outer.replace(' id="', ' data-id="')] * (pages - len(shells))

    def _before(self, first: int) -> Iterator[str]:
        """Chapters that stand, empty, before others: what sizes and running texts may depend on.

        The first one, of whose page `vh` and `vw` are; the section's opener; the one just before.
        """
        section = self._sheets[first].chapter.section_id
        openers = [
            index
            for index, sheet in enumerate(self._sheets[:first])
            if sheet.chapter.row == OPENER and sheet.chapter.section_id == section
        ]
        yield from (self._sheets[index].outer for index in sorted({0, *openers, first - 1}))

    def _page_map(self, parts: Sequence[Part], placed: Sequence[Placed]) -> PageMap:
        ids = {entry.id for section in self._booklet.sections for entry in section.entries}
        folios: dict[str, tuple[int, int]] = {}
        labels: dict[tuple[int, int | None], str] = {}
        for one in placed:
            labels[one.part, one.page] = str(one.number)
            for name, _, _ in anchors_of(parts, one):
                if name in ids:
                    folios[name] = (folios.get(name, (one.number, 0))[0], one.number)
        starts: list[PageStart] = []
        for index, part in enumerate(parts):
            starts += [replace(start, label=labels[index, int(start.label)]) for start in part.laid.starts]
        return PageMap(len(placed), folios, tuple(starts))


def _body_of(sheets: Sequence[PrintChapter]) -> range:
    """Sections and articles, with the notes between them; front matter is before, back matter behind."""
    inside = [bool(sheet.chapter.section_id) or sheet.chapter.row == ARTICLE for sheet in sheets]
    return range(inside.index(True), len(inside) - inside[::-1].index(True))


def _by_parts(sheets: Sequence[PrintChapter]) -> Iterator[Sequence[PrintChapter]]:
    """The chapters up to the first part of a long list, then each part after it."""
    cuts = [0, *(at for at, sheet in enumerate(sheets) if is_continued(sheet.chapter.id)), len(sheets)]
    return (sheets[first:end] for first, end in pairwise(cuts) if first < end)


def _numbers(front: Sequence[Part], others: Sequence[Part]) -> dict[str, int]:
    """The numbers of what stands behind the front matter."""
    parts = [*front, *others]
    own = {name for part in front for page in part.laid.pages for name, _, _ in page.anchors}
    return {name: number for name, number in numbers_by_id(parts, place(parts)).items() if name not in own}


def _nothing(pages: int) -> Laid:
    """So many pages of which nothing is known yet."""
    page = LaidPage("right", (None, None, None), (0, 0), 0, BARE, False, (), (), ())  # noqa: FBT003 - all fields
    return Laid(b"", (page,) * pages, BARE, (), (), ())
