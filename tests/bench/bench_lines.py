"""The printed line, measured: stock WeasyPrint and ours, on every paper, in normal and in large print.

`python -m tests.bench.bench_lines [PAPER…]` prints; without papers it takes all. Lines are those that have to
end at the margin. Of each print: how many lines were judged; how many miss the margin by more than 0.5 pt
and by how much at worst (of the last glyph's advance box); the widest gap between Han, and in a Latin word;
lines that begin or end with a mark that may not; marks that keep an empty half at an edge or at another mark;
numbers parted from their unit; paragraphs that end in one character; seconds of processor time. Texts are
the samples of `booklet init` and, where they are, the real posts; without pictures.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from booklet.config.papers import PAPERS
from booklet.render.pdf.engine.library import standing
from booklet.render.pdf.engine.library.table import READERS
from booklet.render.pdf.engine.lines.spacing import MOST_GAP_EM
from booklet.render.pdf.trees import chapters
from tests.conftest import CORPUS
from tests.pdf.books import Book, book_of, print_book, write_samples
from tests.pdf.measures import HEAD, Measures, measure, row

from .bench_clean import say

_CUSTOM = "120x180mm"


@contextmanager
def stock() -> Iterator[None]:
    """WeasyPrint as it comes: nothing replaced in it, no break characters in the text."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(standing, "groups", return_value=READERS))
        stack.enter_context(mock.patch.object(chapters, "set_breaks"))
        yield


def measured(book: Book, paper: str, *, ours: bool) -> Measures:
    """One print."""
    with nullcontext() if ours else stock():
        printed = print_book(book, paper)
    return measure(printed.document, printed.pages)


def run(papers: Sequence[str]) -> None:
    """Print the tables."""
    say(f"limit of a gap between two Han: {MOST_GAP_EM:.3f} em")
    with TemporaryDirectory() as target:
        sources = {"samples": write_samples(Path(target))}
        if (CORPUS / "posts").is_dir():
            sources["corpus"] = CORPUS / "posts"
        for source, folder in sources.items():
            for size in ("normal", "large"):
                book = book_of(folder, options={"print_size": size})
                say(HEAD)
                for paper in papers:
                    for name in ("stock", "ours"):
                        began = time.process_time()
                        one = measured(book, paper, ours=name == "ours")
                        seconds = time.process_time() - began
                        say(row(f"{source} {paper} {size} {name} {seconds:.0f} s", one))
                say()


if __name__ == "__main__":
    run(sys.argv[1:] or [*PAPERS, _CUSTOM])
