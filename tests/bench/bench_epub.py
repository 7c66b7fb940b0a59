"""The EPUB's speed: beside a bare zip of the same bytes, and beside pandoc and calibre.

`python -m tests.bench.bench_epub` prints. Seconds are of processor time, the least of several rounds, all of
them in one run. Ours is run once before, so that the theme's templates are compiled and kept, as Python's own
modules are; that first run is told too. pandoc and calibre are taken where they are installed
(`apt-get install --no-install-recommends pandoc calibre`).
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from booklet.model import Booklet, Chapter
from booklet.render import epub as epub_room
from booklet.render.epub import render_epub
from booklet.render.epub.package.writer import to_bytes

from .cleaned import booklet_of, read, write_cleaned, write_page

MANY, SOME = 1000, 200
MOST = 2.0
"""Times the bare zip, that issue 5 allows."""
LEAST = 5.0
"""Times faster than others, that issue 5 asks for."""
_ROUNDS = 5


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def least(*works: Callable[[], object], rounds: int = _ROUNDS) -> tuple[tuple[float, float], ...]:
    """Seconds of processor time, and by the clock, of each: the least of several rounds, in turns."""
    times: list[list[tuple[float, float]]] = [[] for _ in works]
    for _ in range(rounds):
        for work, spent in zip(works, times, strict=True):
            start, began = time.process_time(), time.perf_counter()
            work()
            spent.append((time.process_time() - start, time.perf_counter() - began))
    return tuple((min(cpu for cpu, _ in spent), min(clock for _, clock in spent)) for spent in times)


def beside_a_zip(booklet: Booklet, chapters: tuple[Chapter, ...], css: str) -> None:
    """Print the writer's time, with and without rendering, and the time of `zipfile` for the same files."""
    before = _peak_mb()
    with mock.patch.object(epub_room, "to_bytes", wraps=to_bytes) as writing:
        data = render_epub(booklet, chapters, css=css, cover=None)
    grown = _peak_mb() - before
    rendered = writing.call_args
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = [(info.filename, archive.read(info), info.compress_type) for info in archive.infolist()]

    def bare() -> None:
        with zipfile.ZipFile(BytesIO(), "w", zipfile.ZIP_DEFLATED) as target:
            for name, content, method in files:
                target.writestr(name, content, method)

    whole, ours, floor = least(
        lambda: render_epub(booklet, chapters, css=css, cover=None),
        lambda: to_bytes(*rendered.args, **rendered.kwargs),
        bare,
    )
    plain = sum(len(content) for _, content, _ in files)
    say(f"{MANY} articles, {plain / 1e6:.1f} MB in {len(files)} files, {len(data) / 1e6:.1f} MB as EPUB")
    say("                         processor       by the clock")
    for name, (cpu, clock) in (("bare zipfile", floor), ("writing", ours), ("and rendering", whole)):
        ratios = f"{cpu / floor[0]:6.2f}x {clock:6.2f} s {clock / floor[1]:6.2f}x"
        say(f"  {name:20} {cpu:6.2f} s {ratios}")
    say(f"  writing, rendering excluded: at most {MOST}x; memory at its peak +{grown:.0f} MB")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def beside_others(folder: Path) -> None:
    """Print whole processes, from cleaned articles to the file, the interpreters' starts included."""
    cleaned, page = folder / "cleaned.json", folder / "page.html"
    write_cleaned(cleaned, SOME)
    write_page(cleaned, page)
    say(f"{SOME} cleaned articles to an EPUB, whole processes")
    paths = map(str, (cleaned, folder / "ours.epub", folder / "cache"))
    command = [sys.executable, "-m", "tests.bench.cleaned", *paths]
    _tell("booklet", _process(command, 1), "the first time")
    ours = _process(command, 5)
    _tell("booklet", ours, "")
    others = {
        "pandoc": [str(page), "-f", "html", "-t", "epub3", "--toc", "-o", str(folder / "pandoc.epub")],
        "ebook-convert": [str(page), str(folder / "calibre.epub"), "--epub-version", "3"],
    }
    for name, arguments in others.items():
        if path := shutil.which(name):
            theirs = _process([path, *arguments], 2)
            times = f"{theirs[0] / ours[0]:.1f} times ours, {theirs[1] / ours[1]:.1f} by the clock"
            _tell(name, theirs, f"{times} (at least {LEAST})")
        else:
            say(f"  {name:14} is not installed: not compared")


def _process(command: Sequence[str], rounds: int) -> tuple[float, float]:
    """Seconds of processor time, and by the clock, of the fastest of several rounds."""
    times = []
    for _ in range(rounds):
        spent, began = _children_s(), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
        times.append((_children_s() - spent, time.perf_counter() - began))
    return min(times)


def _children_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _tell(name: str, times: tuple[float, float], remark: str) -> None:
    say(
        f"  {name:14} {times[0]:6.2f} s of processor time, {times[1]:6.2f} s by the clock   {remark}".rstrip()
    )


def main() -> None:
    """Print both comparisons."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        many = folder / "many.json"
        write_cleaned(many, MANY)
        beside_a_zip(*booklet_of(read(many)))
        beside_others(folder)


if __name__ == "__main__":
    main()
