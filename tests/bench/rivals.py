"""The same posts through trafilatura and readability-lxml, by the measures of `tests/quality`."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from booklet.clean import clean
from tests.clean.articles import article
from tests.quality import posts
from tests.quality.structure import SHAPES, counts
from tests.quality.text import html_output, kept, reference

Extractor = Callable[[str, str], str]
"""Title and body → HTML."""


@dataclass(slots=True)
class Sums:
    """One extractor's sums over the posts."""

    wanted: int = 0
    kept: int = 0
    junk: int = 0
    seconds: float = 0.0
    empty: int = 0
    got: dict[str, int] = field(default_factory=dict)
    common: dict[str, int] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)

    def add_counts(self, got: Mapping[str, int], expected: Mapping[str, int]) -> None:
        for kind in SHAPES:
            here, there = got[kind], expected.get(kind, 0)
            self.got[kind] = self.got.get(kind, 0) + here
            self.expected[kind] = self.expected.get(kind, 0) + there
            self.common[kind] = self.common.get(kind, 0) + min(here, there)

    def score(self, kind: str) -> float:
        """F1 of the counts, post by post."""
        both = self.got[kind] + self.expected[kind]
        return 2 * self.common[kind] / both if both else 1.0


def side_by_side(paths: tuple[Path, ...], say: Callable[[str], None]) -> None:
    """Print one row an extractor."""
    say(f"  {'':18} text     junk  empty    ms  " + "  ".join(f"{kind:>8}" for kind in SHAPES))
    for name, extract in extractors().items():
        sums = Sums()
        for path in paths:
            _measure(path, extract, sums)
        shapes = "  ".join(f"{sums.score(kind):8.3f}" for kind in SHAPES)
        share, milliseconds = sums.kept / sums.wanted, sums.seconds * 1000
        say(f"  {name:18} {share:.5f}  {sums.junk:4}  {sums.empty:5}  {milliseconds:5.0f} {shapes}")
    say("  text: share kept in order; junk: characters kept that the review gives to the page;")
    say("  empty: posts with text of which nothing came out; counts are compared post by post (F1)")


def _measure(path: Path, extract: Extractor, sums: Sums) -> None:
    front, body = posts.post(path)
    removed = posts.removals(path.name)
    wanted = reference(body)
    start = time.perf_counter()
    html = extract(posts.field(front, "title"), body)
    sums.seconds += time.perf_counter() - start
    text = html_output(html)
    result = kept(wanted, text, removed)
    sums.wanted += result.wanted
    sums.kept += result.kept
    sums.empty += result.wanted > 0 and not text.strip()
    sums.junk += sum(len(found[0].strip()) for pattern in removed for found in pattern.finditer(text))
    sums.add_counts(counts(html), posts.table("expected.toml").get(path.name, {}))


def extractors() -> dict[str, Extractor]:
    """Ours, and those that are installed (`pip install --group bench`)."""
    found: dict[str, Extractor] = {"booklet": _ours}
    if find_spec("trafilatura"):
        found["trafilatura"] = _trafilatura
    if find_spec("readability"):
        found["readability-lxml"] = _readability
    return found


def _page(title: str, body: str) -> str:
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"


def _ours(title: str, body: str) -> str:
    return clean(article(body, title=title)).body


def _trafilatura(title: str, body: str) -> str:
    import trafilatura

    html = trafilatura.extract(
        _page(title, body), output_format="html", include_formatting=True, include_images=True,
        include_links=True, include_tables=True, favor_recall=True,
    )  # fmt: skip
    return _without_title(html or "", title)


def _readability(title: str, body: str) -> str:
    import readability

    return _without_title(str(readability.Document(_page(title, body)).summary(html_partial=True)), title)


def _without_title(html: str, title: str) -> str:
    """The title that we put on the page for them is no heading of the article."""
    return re.sub(rf"<h1[^<>]*>\s*{re.escape(title)}\s*</h1>", "", html, count=1)
