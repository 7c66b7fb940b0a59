"""QR codes: in print inline SVG, one path of vector runs, sharp at any size; in an EPUB small PNGs."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    import segno

MAX_URL_BYTES = 430
"""Longer addresses make codes above 33 mm, which would be the largest thing on their page."""
ROBUST_URL_BYTES = 106
"""Up to this an address gets error correction M: a code of 20 mm."""
QUIET_MODULES = 4
"""White around a code (ISO/IEC 18004 §6.3.8), kept inside its picture."""
LEAST_MODULE_MM = 0.4
"""What a telephone reads from a copy of a copy."""
MODULE_PX = 5
SCHEME = "qr:"
"""How a chapter of an EPUB names a code that is yet to be drawn: `qr:` and its address."""


def qr_svg(url: str, *, least_mm: float) -> Markup:
    """Draw a code for an address, white included `least_mm` wide, or wider: no module is below 0.4 mm.

    Its style tells the theme how wide the white is (`--quiet`), so that its black may stand at a margin.
    Empty for an address that is not http(s) or too long. Error correction M, or L for long addresses.
    """
    if not _is_codable(url):
        return Markup()
    code = _code(url)
    rows = tuple(tuple(bool(module) for module in row) for row in code.matrix)
    size = len(rows) + 2 * QUIET_MODULES
    mm = max(least_mm, ceil(size * LEAST_MODULE_MM * 10) / 10)
    return Markup(  # noqa: S704 - numbers and commands of a path, all ours
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" width="{mm:g}mm" height="{mm:g}mm" '
        f'viewBox="0 0 {size} {size}" style="--quiet: {mm * QUIET_MODULES / size:.2f}mm">'
        f'<path fill="#000" d="{_path(rows)}"/></svg>'
    )


def qr_place(url: str, *, alt: str) -> Markup:
    """The place of a code in a chapter of an EPUB; empty as `qr_svg` is."""
    if not _is_codable(url):
        return Markup()
    return Markup('<img class="qr" src="{}{}" alt="{}"/>').format(SCHEME, url, alt)


def qr_png(url: str) -> tuple[bytes, int]:
    """A code in black on white, with its quiet zone; and its width in px."""
    code = _code(url)
    target = BytesIO()
    code.save(target, kind="png", scale=MODULE_PX, border=QUIET_MODULES, light="#fff")
    return target.getvalue(), MODULE_PX * (len(code.matrix) + 2 * QUIET_MODULES)


def _is_codable(url: str) -> bool:
    return url.startswith(("http://", "https://")) and len(url.encode()) <= MAX_URL_BYTES


def _code(url: str) -> segno.QRCode:
    import segno  # takes long to load, and most EPUBs hold no code

    error = "m" if len(url.encode()) <= ROBUST_URL_BYTES else "l"
    return segno.make_qr(url, error=error, boost_error=False)


def _path(rows: tuple[tuple[bool, ...], ...]) -> str:
    """Each run of dark modules as one rectangle."""
    commands = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate((*row, False)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                run = x - start
                commands.append(f"M{start + QUIET_MODULES} {y + QUIET_MODULES}h{run}v1h-{run}z")
                start = None
    return "".join(commands)
