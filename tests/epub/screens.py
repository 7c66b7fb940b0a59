"""A book as readers see it: foliate-js in Chromium, MuPDF, and calibre's AZW3, on a phone and a grey screen.

By hand, for eyes: `python -m tests.epub.screens BOOK.epub FOLDER` prints what a machine finds and leaves
contact sheets of the pages in the folder. `looks` is what the tests call.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.ace import Ace, find_ace

SCRIPT = Path(__file__).with_name("screens.cjs")
MODULES = Path(__file__).parents[2] / ".setup/ace/node_modules"
TIME_LIMIT_S = 900
MUPDF_SCREENS = {
    "phone-light": ("-r", "72", "-W", "390", "-H", "844", "-S", "16"),
    "phone-dark": ("-I", "-r", "72", "-W", "390", "-H", "844", "-S", "16"),
    "grey-light": ("-c", "gray", "-r", "167", "-W", "259", "-H", "345", "-S", "10.35"),
}
"""Options of `mutool draw`: the screens of the script; a grey one has 600 × 800 px at 167 dpi."""
COLUMNS = 6


@dataclass(frozen=True)
class Look:
    """One section on one screen."""

    section: str
    title: str
    screen: str
    dark: bool
    pages: int
    faults: tuple[str, ...]


def has_foliate() -> bool:
    return all((MODULES / name).is_dir() for name in ("foliate-js", "puppeteer-core"))


def looks(ace: Ace, book: Path, scratch: Path, pictures: Path | None = None) -> tuple[tuple[Look, ...], str]:
    """Every section of an EPUB or AZW3, six looks each, in foliate-js; the note that the first call pops up.

    Args:
        ace: Node and the browser.
        book: the file.
        scratch: for the browser's profile.
        pictures: a folder for the pages as PNG.
    """
    told = {
        "modules": str(MODULES),
        "browser": ace.browser,
        "scratch": str(scratch),
        "book": str(book),
        "pictures": str(pictures) if pictures else None,
    }
    shown = subprocess.run(
        [ace.node, str(SCRIPT), json.dumps(told)], capture_output=True, timeout=TIME_LIMIT_S, check=False
    )
    assert shown.returncode == 0, shown.stderr.decode(errors="replace")[-2000:]
    *found, last = map(json.loads, shown.stdout.decode().splitlines())
    return tuple(Look(**{**look, "faults": tuple(look["faults"])}) for look in found), last["note"]


def _sheets(folder: Path, name: str) -> Iterator[Path]:
    """A contact sheet for each screen and light; the pages are named `…-SCREEN-LIGHT-NN.png`."""
    pages: dict[str, list[Path]] = {}
    for page in sorted(folder.glob("*.png")):
        pages.setdefault("-".join(page.stem.rsplit("-", 3)[1:3]), []).append(page)
    for look, paths in pages.items():
        images = [Image.open(path).convert("RGB") for path in paths]
        width, height = (max(sides) + 8 for sides in zip(*(image.size for image in images), strict=True))
        sheet = Image.new("RGB", (COLUMNS * width, -(-len(images) // COLUMNS) * height), "#c83c3c")
        for place, image in enumerate(images):
            sheet.paste(image, (place % COLUMNS * width + 4, place // COLUMNS * height + 4))
        target = folder.parent / f"{name}-{look}.png"
        sheet.save(target)
        yield target


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def _print_faults(reader: str, found: tuple[Look, ...]) -> None:
    for look in found:
        for fault in look.faults:
            _say(reader, look.screen, "dark" if look.dark else "light", look.section, fault)


def _show(book: Path, target: Path) -> None:
    ace = find_ace()
    with tempfile.TemporaryDirectory() as scratch:
        inside = Path(scratch)
        if ace is not None and has_foliate():
            books = [("foliate", book)]
            if converter := shutil.which("ebook-convert"):
                kindle = inside / "book.azw3"
                subprocess.run([converter, str(book), str(kindle)], check=True, capture_output=True)
                books.append(("azw3", kindle))
            for reader, one in books:
                (pictures := target / reader).mkdir(parents=True, exist_ok=True)
                _print_faults(reader, looks(ace, one, inside / reader, pictures)[0])
        if mutool := shutil.which("mutool"):
            (pictures := target / "mupdf").mkdir(parents=True, exist_ok=True)
            for look, options in MUPDF_SCREENS.items():
                pattern = str(pictures / f"page-{look}-%02d.png")
                subprocess.run([mutool, "draw", "-q", "-o", pattern, *options, str(book)], check=True)
    for reader in sorted(path.name for path in target.iterdir() if path.is_dir()):
        for sheet in _sheets(target / reader, reader):
            _say(sheet)


if __name__ == "__main__":
    _show(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
