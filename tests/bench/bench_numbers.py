"""What short numbers are worth: PDFs with and without `engine.short_numbers`, around a private function.

`python -m tests.bench.bench_numbers` prints, of the samples and the real posts on A5: bytes with and without,
and seconds of processor time.
"""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from booklet.render.pdf.engine.library import standing
from booklet.render.pdf.engine.library.table import ALL, NUMBERS
from tests.conftest import CORPUS
from tests.pdf.books import book_of, print_book, write_samples

from .bench_clean import say

_PAPER = "a5"


def run() -> None:
    """Print the ratio."""
    with TemporaryDirectory() as target:
        sources = {"samples": write_samples(Path(target))}
        if (CORPUS / "posts").is_dir():
            sources["posts"] = CORPUS / "posts"
        for name, folder in sources.items():
            book = book_of(folder, options={})
            sizes, seconds = [], []
            for groups in (ALL, ALL - {NUMBERS}):
                began = time.process_time()
                patched = mock.patch.object(standing, "groups", return_value=groups)
                with patched if groups != ALL else nullcontext():
                    sizes.append(len(print_book(book, _PAPER).result.data))
                seconds.append(time.process_time() - began)
            say(
                f"{name}: {sizes[0]} bytes with, {sizes[1]} without: {sizes[0] / sizes[1]:.4f}; "
                f"{seconds[0]:.1f} and {seconds[1]:.1f} s"
            )


if __name__ == "__main__":
    run()
