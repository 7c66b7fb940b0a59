"""What starting costs."""

from __future__ import annotations

import subprocess
import sys


def test_help_needs_no_heavy_engine() -> None:
    """`booklet --help` answers in under half a second because none of these is imported for it."""
    heavy = ["weasyprint", "ebooklib", "PIL", "aiohttp", "lxml", "bs4", "fontTools", "pikepdf", "nh3"]
    script = (
        "import sys; from booklet.cli import run\n"
        "code = run(['--help'])\n"
        f"print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("0 []")
