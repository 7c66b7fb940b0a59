"""Files of three makers, folded: ours with all that a book has, a browser's, and cairo's."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from booklet.impose.place import impose
from tests.conftest import absent
from tests.pdf.bound import SENTENCE, bound

from .fold import fold
from .test_place import difference, halves, raster

PAGE = (
    '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>@page { size: 148mm 210mm; margin: 15mm }'
    "h1 { break-before: page }</style>"
)


def ours(folder: Path) -> bytes:
    return bound("a5", "run-on").result.data


def browsers(folder: Path) -> bytes:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        absent("Chromium is not installed (`.ci/setup-system test`)")
    body = "".join(f"<h1>第 {number} 章</h1><p>{SENTENCE * number * 3}</p>" for number in range(1, 12))
    (folder / "page.html").write_text(PAGE + body, encoding="utf-8")
    target = folder / "page.pdf"
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={folder / 'profile'}"
    subprocess.run(
        [*command, profile, f"--print-to-pdf={target}", (folder / "page.html").as_uri()],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return target.read_bytes()


def cairos(folder: Path) -> bytes:
    program = shutil.which("pdftocairo") or absent("poppler-utils is not installed")
    (folder / "ours.pdf").write_bytes(ours(folder))
    subprocess.run(
        [program, "-pdf", "-l", "10", str(folder / "ours.pdf"), str(folder / "cairo.pdf")], check=True
    )
    return (folder / "cairo.pdf").read_bytes()


@pytest.mark.tools
@pytest.mark.parametrize("make", [ours, browsers, cairos])
def test_a_folded_pile_of_a_real_file_reads_as_the_file(
    make: Callable[[Path], bytes], pdftoppm: str, tmp_path: Path
) -> None:
    for name in ("made", "pages", "sheets"):
        (tmp_path / name).mkdir()
    data = make(tmp_path / "made")
    pages = raster(data, pdftoppm, tmp_path / "pages", dpi=72)
    sides = raster(impose(data).data, pdftoppm, tmp_path / "sheets", dpi=72)
    assert len(pages) > 9
    assert len(sides) == 2 * -(-len(pages) // 4)
    read = fold(
        [(halves(front), halves(back)) for front, back in zip(sides[::2], sides[1::2], strict=True)],
        opens="left",
    )
    for number, (page, half) in enumerate(zip(pages, read, strict=False), 1):
        left = 0 if number % 2 else half.width - page.width
        shown = half.crop((left, 0, left + page.width, page.height))
        assert difference(shown, page) < 40, number
    for half in read[len(pages) :]:  # beside the fold a band of the other half's cover may shine
        assert half.crop((2, 0, half.width - 2, half.height)).getextrema() == ((255, 255),) * 3
