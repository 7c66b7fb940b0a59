"""Puts laid-out chunks together into one PDF: pages, numbers, heads, links, bookmarks, faces, pictures."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from booklet.model import Booklet
from booklet.render.pdf.finish.bookmarks import Bookmark, add_outline, nested
from booklet.render.pdf.finish.faces import UnionFaces
from booklet.render.pdf.finish.numbering import Part, Placed, folios, page_of
from booklet.render.pdf.finish.properties import finish, saved
from booklet.render.pdf.finish.slots import fill
from booklet.render.pdf.values.jobs import SIDES, FaceUse, LaidPage

PT_PER_PX = 0.75


def assemble(
    booklet: Booklet,
    parts: Sequence[Part],
    placed: Sequence[Placed],
    numbers: Mapping[str, int],
    *,
    bound: bool,
) -> bytes:
    """The book's file; equal parts give equal bytes.

    Args:
        booklet: whose metadata it gets.
        parts: chunks in order; the first one's file is the base.
        placed: all pages.
        numbers: printed page numbers by id.
        bound: left and right pages differ.
    """
    with pikepdf.open(BytesIO(parts[0].laid.pdf)) as pdf:
        binder = _Binder(pdf, parts, numbers)
        for one in placed:
            binder.add(one)
        binder.link(placed)
        binder.finish()
        finish(pdf, booklet, folios(parts, placed), bound=bound)
        identifier = String(booklet.meta.identifier)
        pdf.trailer.ID = Array([identifier, identifier])
        return saved(pdf)


class _Binder:
    """The file under construction."""

    def __init__(self, pdf: Pdf, parts: Sequence[Part], numbers: Mapping[str, int]) -> None:
        self._pdf = pdf
        self._parts = parts
        self._numbers = numbers
        self._faces = UnionFaces(pdf, [use for part in parts for use in part.laid.faces])
        self._pages: list[Object] = []
        self._pictures: dict[bytes, Object] = {}
        self._source: tuple[int, Pdf] = (0, pdf)
        self._resources = pdf.pages[0].obj.Resources
        self._open: list[Pdf] = []
        self._layers: dict[int, bytes] = {}
        """Margin boxes of the part at hand, by its page there."""

    def add(self, one: Placed) -> None:
        """Append a page."""
        if one.part != self._source[0]:
            source = pikepdf.open(BytesIO(self._parts[one.part].laid.pdf))
            self._open.append(source)
            self._source = one.part, source
            self._layers.clear()
            uses = self._parts[one.part].laid.faces
            resources = source.pages[0].obj.Resources
            self._faces.leave_out(resources.get("/Font", Dictionary()), uses)
            # Copied once: all pages of a chunk share them.
            self._resources = self._pdf.copy_foreign(resources)
            self._own(self._resources, uses)
        elif not self._pages:
            self._own(self._resources, self._parts[0].laid.faces)
        laid = page_of(self._parts, one)
        if one.part == 0:
            self._pages.append(self._pdf.pages[len(self._pages)].obj)
            return
        page = self._append(one)
        page.Contents = self._stream(b"".join(self._content(one, laid)))
        if laid is not None and laid.side != one.side:
            _move_links(page, laid.shift)

    def _content(self, one: Placed, laid: LaidPage | None) -> Iterator[bytes]:
        """What is drawn on a page, each part in a graphics state of its own."""
        part, number_of = self._parts[one.part], self._number_of(one)
        if laid is not None:
            yield (
                b"q\n" if laid.side == one.side else f"q\n1 0 0 1 {laid.shift * PT_PER_PX:g} 0 cm\n".encode()
            )
            drawn = self._source[1].pages[one.page or 0].Contents.read_bytes()
            yield fill(drawn, number_of) if laid.numbered else drawn
            yield b"\nQ\n"
        margins = (part.laid.empty if laid is None else laid.margins)[SIDES.index(one.side)]
        layers = [] if margins.heads is None else [self._layer(margins.heads)]
        if margins.folios:
            folio = self._layer(margins.folios[len(str(one.number)) - 1])
            layers.append(fill(folio, number_of))
        for layer in layers:
            yield b"q\n" + layer + b"\nQ\n"

    def _stream(self, content: bytes) -> Object:
        """Compressed at once: thousands of pages are waiting."""
        return self._pdf.make_indirect(Stream(self._pdf, zlib.compress(content), Filter=Name.FlateDecode))

    def _own(self, resources: Object, uses: Sequence[FaceUse]) -> None:
        """Make a chunk's resources the book's: one copy of each face and of each picture."""
        self._faces.put_in(resources.get("/Font", Dictionary()), uses)
        objects = resources.get("/XObject", Dictionary())
        for name in sorted(objects.keys()):
            drawn = objects[name]
            if drawn.get("/Subtype") == Name.Image:
                objects[name] = self._pictures.setdefault(_digest(drawn), drawn)

    def _append(self, one: Placed) -> Object:
        source = self._source[1]
        if one.page is None:
            like = source.pages[0].obj
            empty = Dictionary(Type=Name.Page, Resources=self._resources)
            for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
                empty[key] = Array([*like[key]])
            self._pdf.pages.append(Page(empty))
        else:
            self._pdf.pages.append(source.pages[one.page])
        page = self._pdf.pages[-1].obj
        self._pages.append(page)
        return page

    def _layer(self, index: int) -> bytes:
        if index not in self._layers:
            self._layers[index] = self._source[1].pages[index].Contents.read_bytes()
        return self._layers[index]

    def _number_of(self, one: Placed) -> _NumberOf:
        return _NumberOf(self._numbers, one.number)

    def link(self, placed: Sequence[Placed]) -> None:
        """Write links and bookmarks: all places are known now."""
        wanted: dict[str, None] = {}
        marks: list[Bookmark] = []
        places: dict[str, tuple[int, float, float]] = {}
        for index, one in enumerate(placed):
            laid = page_of(self._parts, one)
            if laid is None:
                continue
            shift = laid.shift if laid.side != one.side else 0.0
            for name, x, y in laid.anchors:
                places.setdefault(name, (index, *_point(laid, x + shift, y)))
            for mark in laid.bookmarks:
                point = _point(laid, mark.x + shift, mark.y)
                marks.append(Bookmark(mark.level, mark.label, index, point, mark.state == "closed"))
            wanted |= dict.fromkeys(link.target for link in laid.links)
        for index, one in enumerate(placed):
            if laid := page_of(self._parts, one):
                self._add_links(
                    self._pages[index], laid, laid.shift if laid.side != one.side else 0.0, places
                )
        names = sorted((name for name in wanted if name in places), key=str.encode)
        if names:
            entries: list[Object] = []
            for name in names:
                index, x, y = places[name]
                entries += [String(name), Array([self._pages[index], Name.XYZ, round(x, 3), round(y, 3), 0])]
            self._pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(entries)))
        add_outline(self._pdf, nested(marks), self._pages)

    def _add_links(self, page: Object, laid: LaidPage, shift: float, places: Mapping[str, object]) -> None:
        links = [link for link in laid.links if link.target in places]
        if not links:
            return
        annotations = list(page.get("/Annots", Array()))
        for link in links:
            left, top, right, bottom = link.rectangle
            rectangle = (*_point(laid, left + shift, top), *_point(laid, right + shift, bottom))
            annotations.append(
                self._pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.Link,
                        Rect=Array([round(value, 3) for value in rectangle]),
                        BS=Dictionary(W=0),
                        Dest=String(link.target),
                    )
                )
            )
        page.Annots = Array(annotations)

    def finish(self) -> None:
        """Subset the faces."""
        self._faces.finish()


class _NumberOf:
    """Numbers for the slots of one page."""

    def __init__(self, numbers: Mapping[str, int], own: int) -> None:
        self._numbers = numbers
        self._own = own

    def __call__(self, target: str) -> int:
        """An anchor that stands on no page (the theme hides it) has the number of its article."""
        if not target:
            return self._own
        held = target
        while held and held not in self._numbers:
            held = held.rpartition("-")[0]
        return self._numbers[held or target]


def _point(laid: LaidPage, x: float, y: float) -> tuple[float, float]:
    """A place on a page in the PDF's coordinates."""
    return x * PT_PER_PX, (laid.size[1] - y) * PT_PER_PX


def _move_links(page: Object, shift: float) -> None:
    for annotation in page.get("/Annots", Array()):
        left, top, right, bottom = (float(value) for value in annotation.Rect)
        by = shift * PT_PER_PX
        annotation.Rect = Array([round(left + by, 3), top, round(right + by, 3), bottom])


def _digest(stream: Object) -> bytes:
    """Equal for equal pictures, whose masks are equal too (ISO 32000-1 §11.6.5.3)."""
    said = {key: str(value) for key, value in stream.stream_dict.items() if key not in {"/Length", "/SMask"}}
    mask = _digest(stream["/SMask"]) if "/SMask" in stream else b""
    return hashlib.sha256(repr(sorted(said.items())).encode() + mask + stream.read_raw_bytes()).digest()
