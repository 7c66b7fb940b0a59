"""A long book in chunks: planned, laid out by workers, numbered, front and back matter last, put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace

from booklet.events import Event, Reporter
from booklet.findings import Finding
from booklet.model import Booklet, PageMap, PageStart
from booklet.render.pdf.chapters import Sheet
from booklet.render.pdf.chunked.assembly import assemble
from booklet.render.pdf.chunked.cutting import cut
from booklet.render.pdf.chunked.jobs import BARE, Laid, LaidPage, Layout, Outline, Planned, Setting
from booklet.render.pdf.chunked.numbering import Part, Placed, anchors_of, numbers_by_id, place
from booklet.render.pdf.document import plain_head
from booklet.render.pictures import all_files

_PICTURE = re.compile(r'"images/([^"]+)"')
_FRONT_PAGES = 4
"""Before the front matter is laid out; a wrong guess costs a second round where numbers run through."""
_ROUNDS = 4


class UncutError(Exception):
    """The book must be one document; says why."""


@dataclass(frozen=True, slots=True)
class Book:
    """A PDF with what is known of it."""

    data: bytes
    page_map: PageMap
    findings: tuple[Finding, ...]


class ChunkSetter:
    """Sets one book whose chapters may be cut."""

    def __init__(
        self,
        booklet: Booklet,
        sheets: Sequence[Sheet],
        setting: Setting,
        executor: Executor,
        report: Reporter,
    ) -> None:
        self._booklet = booklet
        self._sheets = sheets
        self._setting = setting
        self._executor = executor
        self._report = report
        self._images = {asset.name: replace(asset, rest=()) for asset in all_files(booklet.images)}
        self._body = _body_of(sheets)
        self._planned = Planned((), "")

    def book(self, *, bound: bool) -> Book:
        """Do it all.

        Args:
            bound: left and right pages differ.

        Raises:
            UncutError: the theme does not allow it.
        """
        self._planned = self._plan()
        body = self._laid_body()
        front = _nothing(_FRONT_PAGES)
        known: dict[str, int] = {}
        for _ in range(_ROUNDS):
            numbers = _numbers(front, body)
            if front.pdf and numbers == known:
                break
            known = numbers
            back = self._laid_matter(range(self._body.stop, len(self._sheets)), known)
            front = self._laid_matter(range(self._body.start), _numbers(front, [*body, *back]))[0].laid
        parts = [Part(front, None), *body, *back]
        placed = place(parts)
        data = assemble(self._booklet, parts, placed, numbers_by_id(parts, placed), bound=bound)
        said = dict.fromkeys(found for part in parts for found in part.laid.findings)
        return Book(data, self._page_map(parts, placed), tuple(said))

    def _plan(self) -> Planned:
        html = plain_head(self._booklet.meta.language) + "\n".join(sheet.outer for sheet in self._sheets)
        job = Outline(self._setting, html, tuple(sheet.chapter.id for sheet in self._sheets))
        planned = self._executor.submit(_plan, job).result()
        if planned.obstacle:
            raise UncutError(planned.obstacle)
        if self._body.start == 0 or not planned.openings[self._body.start].forced:
            raise UncutError("no front matter on pages of its own")
        return planned

    def _laid_body(self) -> list[Part]:
        own = self._sheets[self._body.start : self._body.stop]
        chunks = cut(
            self._planned.openings[self._body.start : self._body.stop],
            [sheet.chapter.id for sheet in own],
            [len(sheet.html) for sheet in own],
        )
        chapters = [range(self._body.start + one.start, self._body.start + one.stop) for one in chunks]
        futures = {self._executor.submit(_lay_out, self._layout(one, {})): one for one in chapters}
        pages = 0
        for future in as_completed(futures):
            pages += len(future.result().pages)
            self._report(Event("pdf", pages, 0))
        return [
            Part(future.result(), self._planned.openings[one.start].side) for future, one in futures.items()
        ]

    def _laid_matter(self, chapters: range, numbers: Mapping[str, int]) -> list[Part]:
        """Front or back matter, which names page numbers."""
        if not chapters:
            return []
        laid = self._executor.submit(_lay_out, self._layout(chapters, numbers)).result()
        return [Part(laid, self._planned.openings[chapters.start].side)]

    def _layout(self, chapters: range, numbers: Mapping[str, int]) -> Layout:
        own = self._sheets[chapters.start : chapters.stop]
        body = "\n".join(sheet.html for sheet in own)
        language = self._booklet.meta.language
        texts = tuple(sheet.chapter.id for sheet in own) if chapters.start else ()
        names = dict.fromkeys(_PICTURE.findall(body))
        return Layout(
            setting=self._setting,
            head=plain_head(language),
            before="\n".join(self._sheets[index].outer for index in self._before(chapters.start)),
            body=body,
            first=own[0].chapter.id if chapters.start else "",
            images=tuple(self._images[name] for name in names if name in self._images),
            chapters=texts,
            numbers=tuple(sorted(numbers.items())),
            whole=chapters.start == 0,
        )

    def _before(self, first: int) -> Iterator[int]:
        """Chapters that stand, empty, before others: what sizes and running texts may depend on.

        The first one, of whose page `vh` and `vw` are; the section's opener; the one just before.
        """
        if first == 0:
            return
        section = self._sheets[first].chapter.section_id
        openers = [
            index
            for index, sheet in enumerate(self._sheets[:first])
            if sheet.chapter.kind == "section" and sheet.chapter.section_id == section
        ]
        yield from sorted({0, *openers, first - 1})

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


def _plan(job: Outline) -> Planned:
    """Called in a worker: only there the engine is loaded."""
    from booklet.render.pdf.chunked.worker import plan

    return plan(job)


def _lay_out(job: Layout) -> Laid:
    """Called in a worker."""
    from booklet.render.pdf.chunked.worker import lay_out

    return lay_out(job)


def _body_of(sheets: Sequence[Sheet]) -> range:
    """Sections and articles, with the notes between them; front matter is before, back matter behind."""
    inside = [bool(sheet.chapter.section_id) or sheet.chapter.kind == "article" for sheet in sheets]
    return range(inside.index(True), len(inside) - inside[::-1].index(True))


def _numbers(front: Laid, others: Sequence[Part]) -> dict[str, int]:
    """The numbers of what stands behind the front matter."""
    parts = [Part(front, None), *others]
    own = {name for page in front.pages for name, _, _ in page.anchors}
    return {name: number for name, number in numbers_by_id(parts, place(parts)).items() if name not in own}


def _nothing(pages: int) -> Laid:
    """So many pages of which nothing is known yet."""
    page = LaidPage("right", (None, None, None), (0, 0), 0, BARE, False, (), (), ())  # noqa: FBT003 - all fields
    return Laid(b"", (page,) * pages, BARE, (), (), ())
