"""The same articles give the same files, wherever and whenever they are built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from datetime import datetime
from booklet.cli import context
day = datetime.fromisoformat(sys.argv[1])
context.now = lambda: day
from booklet.cli import run
assert run(["init", "."]) == 0
sys.exit(run(["build", "--offline"]))
"""
PLACES = (
    ("UTC", "0", "2026-11-24T00:00:00+00:00", "a"),
    ("Asia/Shanghai", "1", "2027-03-01T23:59:00+00:00", "b/深 处/c"),
    ("America/St_Johns", "4294967295", "2026-11-25T05:00:00+00:00", "d"),
)


def digests(folder: Path, zone: str, seed: str, day: str) -> dict[str, str]:
    folder.mkdir(parents=True)
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    environment["BOOKLET_CACHE_DIR"] = str(folder / "cache")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, day], cwd=folder, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    made = [path for path in folder.rglob("*") if path.suffix in {".epub", ".pdf"}]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made}


@pytest.mark.timeout(300)
def test_time_zone_hash_seed_day_and_folder_change_no_byte(tmp_path: Path) -> None:
    first, *others = (digests(tmp_path / name, zone, seed, day) for zone, seed, day, name in PLACES)
    assert {name.rpartition(".")[2] for name in first} == {"epub", "pdf"}
    assert others == [first] * len(others)
