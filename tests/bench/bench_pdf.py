"""Our PDF beside other programs' on the same articles: pages per processor second, time, memory, size.

`python -m tests.bench.bench_pdf` sets 20 and 200 articles, `--many` 1,000 too. Each program is a process of
its own, all in one run. WeasyPrint and Chromium get the HTML and CSS that we set; percollate gets the same
articles as web pages; typst gets them in its own markup, and is the limit: what a page costs without HTML.
A program that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pikepdf

from booklet.fonts import find_faces
from booklet.model import Booklet, Entry
from booklet.render.chapters import render_chapters
from booklet.render.chapters.pictures import all_files
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.render.pdf.trees.chapters import prepare
from booklet.render.pdf.trees.document import html_document
from booklet.render.pdf.trees.preface import css_preface
from booklet.results import Look
from booklet.theme.pages import is_large, room_of

from .processes import Cost, ProgramFailedError, measure
from .typst_markup import typst_source
from .volume import volume

SIZES, MANY = (20, 200), 1000
PROCESSES = 2
"""Of ours; the others take what they take."""
ROOT = Path(__file__).parents[2]
_COLUMNS = """\
                 pages   CPU s  pages/CPU s   wall s  peak MB      MB   booklet against it:
                                                                       pages/CPU s  wall  peak  size"""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PERCOLLATE = ROOT / ".setup/percollate/node_modules/percollate/cli.js"


@dataclass(frozen=True)
class Program:
    """One way to the PDF."""

    name: str
    command: Sequence[str | Path]
    """Empty: it is not installed."""
    environment: Mapping[str, str]
    lacks: str
    """Of what ours has."""


@dataclass(frozen=True)
class Result:
    """What it made and at what cost."""

    cost: Cost
    pages: int
    bytes: int


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def compare(count: int) -> None:
    """Print one table."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        booklet, look = volume(count)
        _write(booklet, look, folder)
        say(f"{count} articles, A5, {sum(one.article.text_chars for one in _entries(booklet)):,} characters")
        say(_COLUMNS)
        with _served(folder) as address:
            ours: Result | None = None
            for program in _programs(folder, address, count):
                result = _run(program, folder)
                ours = ours or result
                if result is not None:
                    _tell(program, result, ours)
    say()


def _run(program: Program, folder: Path) -> Result | None:
    if not program.command:
        say(f"{program.name:14} is not installed: not compared")
        return None
    target = folder / f"{program.name}.pdf"
    try:
        cost = measure([*program.command, target], environment=program.environment, cwd=ROOT)
        with pikepdf.open(target) as pdf:
            return Result(cost, len(pdf.pages), target.stat().st_size)
    except (ProgramFailedError, OSError, pikepdf.PdfError) as error:
        say(f"{program.name:14} failed: {error}")
        return None


def _tell(program: Program, result: Result, ours: Result | None) -> None:
    cost, speed = result.cost, result.pages / result.cost.cpu_s
    line = (
        f"{program.name:14}{result.pages:8,}{cost.cpu_s:8.1f}{speed:13.1f}{cost.wall_s:9.1f}{cost.peak_mb:9.0f}"
        f"{result.bytes / 1e6:8.1f}"
    )
    if ours is not None and ours is not result:
        mine = ours.cost
        line += f"   {ours.pages / mine.cpu_s / speed:10.2f}x {mine.wall_s / cost.wall_s:4.2f}x"
        line += f" {mine.peak_mb / cost.peak_mb:4.2f}x" if cost.peak_mb else "    –"
        line += f" {ours.bytes / result.bytes:4.2f}x"
    say(line + (f"   {program.lacks}" if program.lacks else ""))


def _programs(folder: Path, address: str, count: int) -> Iterator[Program]:
    """Ours first."""
    python, page = sys.executable, folder / "book.html"
    yield Program(
        "booklet", [python, "-m", "tests.bench.bench_pdf", "--set", folder / "volume.pickle"], {}, ""
    )
    plain = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
    yield Program("WeasyPrint", [python, "-c", plain, page], {}, "")
    browser = next((path for name in _BROWSERS if (path := shutil.which(name))), "")
    chromium: list[str | Path] = [python, "-c", _CHROMIUM, browser, page]
    lacks = "no page numbers in the contents, no running heads"
    yield Program("Chromium", chromium if browser else [], {}, lacks)
    node = shutil.which("node")
    ready = bool(node and browser and _PERCOLLATE.exists())
    pages = [f"{address}/{number}.html" for number in range(1, count + 1)]
    percollate: list[str | Path] = [str(node), _PERCOLLATE, "pdf", "--no-sandbox", "--toc", *pages, "-o"]
    settings = {"PUPPETEER_EXECUTABLE_PATH": browser}
    lacks += ", no bookmarks"
    yield Program("percollate", percollate if ready else [], settings, lacks)
    compile_ = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    typst: list[str | Path] = [python, "-c", compile_, folder / "book.typ"]
    yield Program("typst", typst if find_spec("typst") else [], {}, "no HTML, no CSS")


_CHROMIUM = """
import subprocess, sys
browser, page, target = sys.argv[1:]
options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--timeout=600000"]
command = [browser, *options, f"--print-to-pdf={target}", "file://" + page]
subprocess.run(command, check=True, capture_output=True)
"""


def _write(booklet: Booklet, look: Look, folder: Path) -> None:
    """Write the articles as each program takes them."""
    (folder / "volume.pickle").write_bytes(pickle.dumps((booklet, look.theme, look.options, look.paper)))
    (folder / "images").mkdir()
    for asset in all_files(booklet.images):
        (folder / "images" / asset.name).write_bytes(asset.data)
    chapters = render_chapters(
        booklet, theme=look.theme, options=look.options, target="pdf", adapt=adapt_body
    )
    geometry = look.theme.geometry(look.paper, large=is_large(look.options))
    sheets, _ = prepare(booklet, chapters, look.faces, room_of(geometry, look.paper))
    css = css_preface(theme=look.theme, options=look.options, paper=look.paper, faces=look.faces)
    (folder / "book.css").write_text(css + look.theme.css("pdf"), encoding="utf-8")
    html = html_document(booklet, sheets).replace(
        "<head>", '<head><link rel="stylesheet" href="book.css">', 1
    )
    (folder / "book.html").write_text(html, encoding="utf-8")
    for number, entry in enumerate(_entries(booklet), 1):
        title, body = escape(entry.article.article.title), entry.article.body
        for key, asset in booklet.images.items():
            body = body.replace(f'"image:{key}"', f'"images/{asset.name}"')
        page = f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
        page += f"<body><article><h1>{title}</h1>{body}</article></body></html>"
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    pictures = {key: f"images/{asset.name}" for key, asset in booklet.images.items()}
    source = typst_source(booklet, look.faces.roles["text"].families, pictures)
    (folder / "book.typ").write_text(source, encoding="utf-8")


def _entries(booklet: Booklet) -> list[Entry]:
    return [entry for section in booklet.sections for entry in section.entries]


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The folder on the loopback: percollate takes pictures from the web only."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def set_volume(source: Path, target: Path) -> None:
    """Our part: from cleaned articles to the PDF's bytes."""
    from booklet.render.pdf import Workforce, render_pdf

    booklet, theme, options, paper = pickle.loads(source.read_bytes())
    faces = find_faces(configured={}, wanted=theme.fonts)
    chapters = render_chapters(booklet, theme=theme, options=options, target="pdf", adapt=adapt_body)
    result = render_pdf(
        booklet,
        chapters,
        theme=theme,
        options=options,
        paper=paper,
        faces=faces,
        workforce=Workforce(None, PROCESSES),
    )
    target.write_bytes(result.data)


def main() -> None:
    """Print the tables; or, as the process that is measured, set one volume."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--many", action="store_true", help=f"{MANY:,} articles too: half an hour")
    parser.add_argument("--set", nargs=2, type=Path, metavar=("VOLUME", "PDF"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.set:
        set_volume(*given.set)
        return
    for count in (*SIZES, *((MANY,) if given.many else ())):
        compare(count)


if __name__ == "__main__":
    main()
