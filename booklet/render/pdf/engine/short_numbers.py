"""Numbers in a PDF as short as print can tell: pydyf writes lengths to a millionth of a point.

It saves half a per cent of the samples and posts, 1.5 % of long text-only books, at no measurable time
(`python -m tests.bench.bench_numbers`).
"""

from __future__ import annotations

from collections.abc import Callable

from booklet.render.pdf.engine.library import Wrappers

_LARGE = 10.0
"""pt. From there a hundredth is exact enough: a printer's dot at 2,400 dpi is three of them."""


def wrappers() -> Wrappers:
    """What is put around pydyf's function while a file is written."""
    return {"pydyf:_to_bytes": _short_numbers}


def _short_numbers(original: Callable[[object], bytes]) -> Callable[[object], bytes]:
    def to_bytes(item: object) -> bytes:
        """A large number to a hundredth, all else as it is."""
        if isinstance(item, float) and abs(item) >= _LARGE:
            return f"{item:.2f}".rstrip("0").rstrip(".").encode()
        return original(item)

    return to_bytes
