"""Ctrl-C while pictures are fetched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .server import Site
from .test_image_polite import pictures

POST = "---\ntitle: 图\ndate: 2026-10-20\n---\n\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be sent Ctrl-C alone")
def test_ctrl_c_ends_the_build_at_once_and_what_was_fetched_is_not_fetched_again(
    site: Site, tmp_path: Path
) -> None:
    urls = pictures(site, 40, 0.1)
    (tmp_path / "posts").mkdir()
    body = "\n\n".join(f"文字。\n\n![图]({url})" for url in urls)
    (tmp_path / "posts" / "one.md").write_text(POST + body, encoding="utf-8")
    (tmp_path / "booklet.toml").write_text(
        f'version = 1\nsources = ["posts"]\n[images]\nallow_hosts = ["{site.host}"]\n', encoding="utf-8"
    )
    # A shell starts what runs in the background with Ctrl-C ignored, and children inherit that.
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from booklet.__main__ import main; main()"
    )
    command = [sys.executable, "-c", script, "build", "-f", "epub", "--json", "--force"]
    environment = {**os.environ, "BOOKLET_CACHE_DIR": str(tmp_path / "cache")}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 20
        while len(site.asked) < 12 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        begun = time.perf_counter()
        process.communicate(timeout=20)
        assert time.perf_counter() - begun < 5
    assert process.returncode == 130
    assert not list(tmp_path.rglob("*.part"))
    interrupted = len(site.asked)
    assert interrupted < 40
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    images = json.loads(answer.stdout)["images"]
    assert images["missing"] == 0
    assert images["cached"] >= interrupted - 8 >= 4
    assert len(site.asked) == interrupted + 40 - images["cached"]
