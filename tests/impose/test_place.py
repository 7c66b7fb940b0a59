"""Pages on sheets: whole, in order, with their faces, where the fold is."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from PIL import Image, ImageChops, ImageDraw

from booklet.config.values import Paper
from booklet.findings import BookletError
from booklet.impose.place import Imposed, impose

from .fold import fold

A4 = Paper("a4", 210, 297)
PT_PER_MM = 72 / 25.4


def text_pdf(pages: int, size: str = "148mm 210mm", more_css: str = "") -> bytes:
    """Pages of text, the last line of each its number."""
    body = "".join(
        f'<section id="s{number}"><h1>第 {number} 页 Page</h1><p>正文<a href="#s1">开头</a>, and Latin.</p>'
        f"<p>folio-{number}</p></section>"
        for number in range(1, pages + 1)
    )
    css = f"@page {{ size: {size}; margin: 15mm }} section {{ break-after: page }} {more_css}"
    data: bytes = weasyprint.HTML(string=f"<style>{css}</style>{body}").write_pdf()
    return data


def turned_pdf(pages: int) -> bytes:
    """Pages that lie and are turned upright by /Rotate, whose boxes begin beside the origin."""
    with pikepdf.open(io.BytesIO(text_pdf(pages, "210mm 148mm"))) as pdf:
        for index, page in enumerate(pdf.pages):
            page.rotate(90 if index % 2 else 270, relative=False)
            left, bottom, right, top = (float(value) for value in page.mediabox)
            page.mediabox = pikepdf.Array([left - 20, bottom - 30, right + 40, top + 10])
            page.cropbox = pikepdf.Array([left, bottom, right, top])
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def scanned_pdf(pages: int) -> bytes:
    """Pages that are pictures, as a scanner makes them."""
    pictures = []
    for number in range(1, pages + 1):
        picture = Image.new("RGB", (592, 840), "white")
        ImageDraw.Draw(picture).rectangle((50, 50, 50 + 20 * number, 700), fill=(40 * number % 255, 90, 20))
        pictures.append(picture)
    target = io.BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=101.6)
    return target.getvalue()


def raster(data: bytes, pdftoppm: str, folder: Path, dpi: int = 144) -> list[Image.Image]:
    """Every page as it prints, turned and cut to its visible box."""
    source = folder / "in.pdf"
    source.write_bytes(data)
    subprocess.run([pdftoppm, "-png", "-cropbox", "-r", str(dpi), source, folder / "page"], check=True)
    pages = [Image.open(path).convert("RGB") for path in sorted(folder.glob("page-*.png"))]
    for page in pages:
        page.load()
    return pages


def halves(sheet: Image.Image) -> tuple[Image.Image, Image.Image]:
    middle = sheet.width // 2
    return sheet.crop((0, 0, middle, sheet.height)), sheet.crop((middle, 0, sheet.width, sheet.height))


def difference(one: Image.Image, other: Image.Image) -> int:
    """Largest difference of two pictures of the same size, 0 to 255, with their finest detail lost."""
    size = (one.width // 8, one.height // 8)
    first, second = (picture.convert("L").resize(size, Image.Resampling.BOX) for picture in (one, other))
    return max(ImageChops.difference(first, second).tobytes())


@pytest.mark.parametrize("make", [text_pdf, turned_pdf, scanned_pdf], ids=["text", "turned", "scanned"])
def test_a_folded_pile_shows_the_pages_as_they_were(
    make: Callable[[int], bytes], pdftoppm: str, tmp_path: Path
) -> None:
    data = make(7)
    (tmp_path / "pages").mkdir()
    (tmp_path / "sheets").mkdir()
    pages = raster(data, pdftoppm, tmp_path / "pages")
    sides = raster(impose(data, sheet=A4).data, pdftoppm, tmp_path / "sheets")
    read = fold(
        [(halves(front), halves(back)) for front, back in zip(sides[::2], sides[1::2], strict=True)],
        opens="left",
    )
    assert len(read) == 8
    for number, (page, half) in enumerate(zip(pages, read, strict=False), 1):
        # Odd pages stand right of the fold, even ones left of it.
        left = 0 if number % 2 else half.width - page.width
        shown = half.crop((left, 0, left + page.width, page.height))
        assert difference(shown, page) < 40, number
    assert read[7].getextrema() == ((255, 255),) * 3


def test_right_binding_mirrors_the_order(pdftoppm: str, tmp_path: Path) -> None:
    data = text_pdf(8)
    first_side = text_of_halves(impose(data, binding="right"), tmp_path)[0]
    assert ("folio-1" in first_side[0], "folio-8" in first_side[1]) == (True, True)


def text_of_halves(imposed: Imposed, folder: Path) -> list[tuple[str, str]]:
    """The text left and right of the fold on every side."""
    path = folder / "sheets.pdf"
    path.write_bytes(imposed.data)
    with pikepdf.open(path) as pdf:
        box = pdf.pages[0].mediabox
        middle, height, count = int(float(box[2]) / 2), int(float(box[3])) + 1, len(pdf.pages)
    sides = []
    for side in range(1, count + 1):
        words = []
        for left in (0, middle):
            area = ["-x", str(left), "-y", "0", "-W", str(middle), "-H", str(height)]
            command = ["pdftotext", "-f", str(side), "-l", str(side), *area, str(path), "-"]
            words.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        sides.append((words[0], words[1]))
    return sides


def test_every_page_is_once_in_the_file_and_faces_are_the_same() -> None:
    data = text_pdf(10)

    def faces(pdf_bytes: bytes) -> set[tuple[str, bytes]]:
        found = set()
        with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                    name = next(key for key in thing.keys() if key.startswith("/FontFile"))  # noqa: SIM118 - pikepdf
                    found.add((str(thing.FontName), thing[name].read_bytes()))
        return found

    imposed = impose(data)
    assert faces(imposed.data) == faces(data) != set()
    assert len(imposed.data) < 1.2 * len(data)


@pytest.mark.parametrize(
    ("size", "sheet"),
    [
        ("148mm 210mm", "a4"),
        ("182mm 257mm", "a3"),
        ("210mm 297mm", "a3"),
        ("215.9mm 279.4mm", "431.8x279.4mm"),
    ],
)
def test_the_sheet_is_the_smallest_that_holds_two_pages(size: str, sheet: str) -> None:
    imposed = impose(text_pdf(3, size))
    assert (imposed.paper.name, imposed.scale) == (sheet, 1.0)


def test_pages_too_large_for_the_sheet_are_reduced_and_said_so() -> None:
    imposed = impose(text_pdf(3, "210mm 297mm"), sheet=A4)
    assert imposed.scale == pytest.approx(0.7071, abs=0.001)
    with pikepdf.open(io.BytesIO(imposed.data)) as pdf:
        assert [round(float(side) / PT_PER_MM) for side in pdf.pages[0].mediabox] == [0, 0, 297, 210]


def test_the_sheets_are_sound_and_ask_for_both_sides(qpdf: str, tmp_path: Path) -> None:
    path = tmp_path / "sheets.pdf"
    path.write_bytes(impose(text_pdf(5)).data)
    subprocess.run([qpdf, "--check", path], check=True, capture_output=True)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 4
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert "/Outlines" not in pdf.Root
        assert "/Dests" not in pdf.Root.get("/Names", {})


def test_equal_pages_give_equal_sheets() -> None:
    data = text_pdf(6)
    assert impose(data).data == impose(data).data


def test_a_stamp_on_a_page_is_printed(pdftoppm: str, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(scanned_pdf(1))) as pdf:
        drawing = pdf.make_stream(b"1 0 0 rg 0 0 60 60 re f")
        drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawing.BBox = [0, 0, 60, 60]
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[300, 20, 360, 80],
            F=4,
            AP=pikepdf.Dictionary(N=drawing),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([stamp]))
        target = io.BytesIO()
        pdf.save(target)
    front = raster(impose(target.getvalue()).data, pdftoppm, tmp_path)[0]
    assert (255, 0, 0) in {front.getpixel((x, front.height - 100)) for x in range(front.width)}


def locked_pdf() -> bytes:
    with pikepdf.open(io.BytesIO(scanned_pdf(1))) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def empty_pdf() -> bytes:
    target = io.BytesIO()
    pikepdf.new().save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "pdf-unreadable"),
        (b"%PDF-1.7 and no more", "pdf-unreadable"),
        (locked_pdf(), "pdf-locked"),
        (empty_pdf(), "pdf-without-pages"),
    ],
    ids=["nothing", "torn", "locked", "empty"],
)
def test_what_cannot_be_imposed_ends_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(BookletError) as caught:
        impose(data)
    assert (caught.value.code, caught.value.exit_code) == (code, 1)
