"""Ace by DAISY, the accessibility checker that shops run: a Node program that opens a book in Chromium.

`.ci/setup-system test` puts it into `.setup/ace`, in the versions of `.ci/ace/package-lock.json`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).parents[1] / ".setup/ace/node_modules/@daisy/ace-cli/bin/ace.js"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_START_MS = 60_000
"""Chromium's start on a busy machine; Ace's own limit is 5 s."""
_TIME_LIMIT_S = 1800


@dataclass(frozen=True)
class Ace:
    node: str
    browser: str

    def violations(self, book: Path, scratch: Path) -> tuple[str, ...]:
        """What Ace finds, as `impact rule file`, from its report: the exit code is 0 all the same."""
        environment = {
            **os.environ,
            "PUPPETEER_EXECUTABLE_PATH": self.browser,
            "ACE_TIMEOUT_INITIAL": str(_START_MS),
            "XDG_CONFIG_HOME": str(scratch / "config"),
            "XDG_STATE_HOME": str(scratch / "state"),
        }
        out = scratch / "report"
        run = subprocess.run(
            [self.node, str(_SCRIPT), "--force", "--outdir", str(out), str(book)],
            env=environment,
            capture_output=True,
            timeout=_TIME_LIMIT_S,
            check=False,
        )
        assert run.returncode == 0, run.stdout.decode(errors="replace")[-2000:]
        report = json.loads((out / "report.json").read_bytes())
        found = tuple(
            " ".join(
                (
                    one["earl:test"]["earl:impact"],
                    one["earl:test"]["dct:title"],
                    part["earl:testSubject"]["url"],
                )
            )
            for part in report["assertions"]
            for one in part["assertions"]
        )
        assert bool(found) == (report["earl:result"]["earl:outcome"] == "fail")
        return found


def find_ace() -> Ace | None:
    """Ace, if all three are there: itself, Node, a browser."""
    node = shutil.which("node")
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    return Ace(node, browser) if node and browser and _SCRIPT.is_file() else None
