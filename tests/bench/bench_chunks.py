"""Long booklets in print beside one unpatched WeasyPrint document of the same HTML and CSS.

`python -m tests.bench.bench_chunks [--most 1000]` prints seconds by the clock and of the processor, the
highest memory of a process, and sizes; each row is a process of its own, all of them in one run. By the clock
only a machine with two idle processors tells the truth.
"""

from __future__ import annotations

import json
import pickle
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet.cache.layouts import LayoutCache
from booklet.fonts import find_faces
from booklet.model import Booklet, Chapter
from booklet.render.chapters import render_chapters
from booklet.render.pdf import Workforce, render_pdf
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.render.pdf.trees.chapters import prepare
from booklet.render.pdf.trees.preface import css_preface
from booklet.results import Look
from booklet.theme.pages import is_large, room_of

from .volume import volume

FEW, SOME, MANY = 20, 200, 1000
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    wall_s: float
    cpu_s: float
    """With its workers."""
    memory_mb: float
    """Its own, at the highest."""
    worker_mb: float
    """Of the largest of its workers."""
    bytes: int
    pages: int


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def plain(booklet: Booklet, chapters: tuple[Chapter, ...], look: Look) -> Callable[[], tuple[bytes, int]]:
    """WeasyPrint alone: its own layout of our HTML and CSS."""
    from booklet.render.pdf.trees.document import html_document

    page = look.theme.geometry(look.paper, large=is_large(look.options))
    sheets, _ = prepare(booklet, chapters, look.faces, room_of(page, look.paper))
    html = html_document(booklet, sheets)
    rules = css_preface(theme=look.theme, options=look.options, paper=look.paper, faces=look.faces)

    def work() -> tuple[bytes, int]:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from booklet.render.pdf.engine.assets import AssetFetcher
        from booklet.render.pdf.trees.names import BASE_URL

        given = {"base_url": BASE_URL, "url_fetcher": AssetFetcher(booklet.images, look.faces.loaded)}
        fonts = FontConfiguration()
        sheet = weasyprint.CSS(string=rules + look.theme.css("pdf"), font_config=fonts, **given)
        document = weasyprint.HTML(string=html, **given).render(stylesheets=[sheet], font_config=fonts)
        return document.write_pdf(), len(document.pages)

    return work


def ours(
    booklet: Booklet, chapters: tuple[Chapter, ...], look: Look, kept: Path | None
) -> Callable[[], tuple[bytes, int]]:
    """What `booklet build` does with rendered chapters."""

    def work() -> tuple[bytes, int]:
        result = render_pdf(
            booklet,
            chapters,
            theme=look.theme,
            options=look.options,
            paper=look.paper,
            faces=look.faces,
            workforce=Workforce(None, PROCESSES, LayoutCache(kept) if kept else None),
        )
        return result.data, result.page_map.pages

    return work


def one(kind: str, source: Path, kept: str) -> None:
    """Do one row's work and print its cost as JSON."""
    booklet, chapters, loaded, options, paper = pickle.loads(source.read_bytes())
    # Faces are places in this process's memory.
    look = Look(loaded, options, paper, find_faces(configured={}, wanted=loaded.fonts))
    work = plain(booklet, chapters, look) if kind == "plain" else ours(booklet, chapters, look, _path(kept))
    began, before = time.perf_counter(), _cpu_s()
    data, pages = work()
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cost = [time.perf_counter() - began, _cpu_s() - before, own.ru_maxrss / 1024, workers.ru_maxrss / 1024]
    say(json.dumps([*cost, len(data), pages]))


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _cpu_s() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _measured(kind: str, source: Path, kept: Path | None = None) -> Cost:
    command = [sys.executable, "-m", "tests.bench.bench_chunks", "--one", kind, str(source), str(kept or "")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def _write(path: Path, count: int, changed: int | None = None) -> Path:
    booklet, look = volume(count, changed=changed)
    chapters = render_chapters(
        booklet, theme=look.theme, options=look.options, target="pdf", adapt=adapt_body
    )
    path.write_bytes(pickle.dumps((booklet, chapters, look.theme, look.options, look.paper)))
    return path


def _tell(name: str, cost: Cost, base: Cost) -> None:
    say(
        f"  {name:28} {cost.wall_s:7.1f} s {cost.wall_s / base.wall_s:5.2f}x"
        f" {cost.cpu_s:7.1f} s {cost.cpu_s / base.cpu_s:5.2f}x"
        f" {cost.memory_mb:6.0f} MB {cost.memory_mb / base.memory_mb:5.2f}x {cost.worker_mb:6.0f} MB"
        f" {cost.bytes / 1e6:6.1f} MB {cost.bytes / base.bytes:5.3f}x"
    )


def compare(folder: Path, count: int) -> None:
    """Print the rows of one size."""
    kept = folder / "cache"
    shutil.rmtree(kept, ignore_errors=True)
    source = _write(folder / "volume", count)
    base = _measured("plain", source)
    say(f"{count} articles, {base.pages} pages")
    head = f"{'clock':>9} {'':6} {'processor':>9} {'':6} {'memory':>9} {'':6} {'a worker':>9} {'size':>9}"
    say(f"  {'':28} {head}")
    _tell("WeasyPrint, one document", base, base)
    first = _measured("ours", source, kept)
    _tell(f"booklet, {PROCESSES} processes", first, base)
    _tell("again, from the cache", _measured("ours", source, kept), base)
    changed = _measured("ours", _write(folder / "changed", count, count // 2), kept)
    _tell("one article changed", changed, base)
    say(f"  one article changed: {changed.cpu_s / first.cpu_s:.3f} of the first build's processor time")


def main(most: int) -> None:
    """Print all sizes up to `most` articles."""
    with TemporaryDirectory() as name:
        for count in (FEW, SOME, MANY):
            if count <= most:
                compare(Path(name), count)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--one", kind, source, kept]:
            one(kind, Path(source), kept)
        case ["--most", count]:
            main(int(count))
        case _:
            main(SOME)
