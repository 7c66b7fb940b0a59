"""What stands behind the bytes besides our code: the libraries that draw, and the faces of this machine.

Results of an earlier commit are kept only as long as these stay the same.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution

US = "study-booklet"
DRAWS = (
    "weasyprint",
    "pydyf",
    "pango",
    "harfbuzz",
    "fonttools",
    "uharfbuzz",
    "pikepdf",
    "pillow",
    "pyphen",
    "ziafont",
    "ziamath",
    "faces",
)
"""Of `versions()`: those that decide on every line of print; another release of them is another print."""


def versions() -> dict[str, str]:
    """Of Python, of every package that the booklets are made with, of Pango and its kin, and of the faces."""
    found = {"python": platform.python_version(), "machine": f"{platform.system()} {platform.machine()}"}
    found.update(sorted(packages().items()))
    found["pango"] = _said_by("pango-1.0", "pango_version_string")
    found["harfbuzz"] = _said_by("harfbuzz", "hb_version_string")
    found["faces"] = faces()
    return found


def packages() -> dict[str, str]:
    """Versions of what we need, and of what that needs, as installed."""
    found: dict[str, str] = {}
    waiting = [US]
    while waiting:
        name = waiting.pop().lower()
        if name in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # of another system, or an extra that is not installed
        found[name] = installed.version
        needed = [line for line in installed.requires or () if "extra ==" not in line]
        waiting += [match[0] for line in needed if (match := re.match(r"[\w.-]+", line))]
    found.pop(US)  # our own version is the commit's
    return found


def faces() -> str:
    """A digest of the faces that fontconfig knows: files and versions."""
    program = shutil.which("fc-list")
    if program is None:
        return "unknown"
    told = subprocess.run(
        [program, "--format", "%{file} %{fontversion}\\n"], check=True, capture_output=True
    ).stdout
    return hashlib.sha256(b"\n".join(sorted(set(told.splitlines())))).hexdigest()[:12]


def _said_by(library: str, function: str) -> str:
    path = ctypes.util.find_library(library)
    if path is None:
        return "unknown"
    call = getattr(ctypes.CDLL(path), function)
    call.restype = ctypes.c_char_p
    return str(call().decode())
