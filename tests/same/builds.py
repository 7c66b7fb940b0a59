"""Both sides of the comparison, made by the command line alone, so that the code may stand wherever it likes.

Both build the same input, in a folder of their own, with an empty cache and without network: pictures of the
web are missing on both sides in the same way, those of the samples are there.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.same import drawn
from tests.same.compare import names, sha256

ROOT = Path(__file__).parents[2]
OUTCOME = "exit-code.txt"  # beside the outputs: a build that fails is a difference too
BUILD_S = 1800  # a build that takes longer hangs


@dataclass(frozen=True, slots=True)
class Build:
    """One run of `booklet build`: name, kind (`--only`), arguments, and whether `--quick` has it."""

    name: str
    kind: str
    arguments: tuple[str, ...]
    quick: bool = False


FROZEN = Build("frozen", "frozen", ("--config", "frozen/booklet.toml"), quick=True)
"""The project of `tests/frozen`: two booklets, a theme of its own."""


def _builds() -> tuple[Build, ...]:
    weekly = ("--config", "samples/booklet.toml")
    every = ("samples/source/_posts", "--timezone", "Asia/Shanghai")
    found = [
        FROZEN,
        Build("samples-a4", "samples", (*weekly, "--paper", "a4"), quick=True),
        Build("samples-a5", "samples", (*weekly, "--paper", "a5")),
        Build(
            "samples-plain-a5",
            "samples",
            (*every, "-T", "plain", "--paper", "a5", "-f", "epub", "-f", "pdf", "-f", "booklet"),
        ),
        *(
            Build(f"samples-{profile}", "samples", (*weekly, "-f", "epub", "--epub-profile", profile))
            for profile in ("kindle", "kobo", "eink-grey")
        ),
    ]
    for folder in ("posts", "dialects"):
        for paper in ("a4", "a5"):
            source = (folder, "--name", folder, "--timezone", "Asia/Shanghai", "--paper", paper)
            quick = (folder, paper) == ("posts", "a5")
            found.append(Build(f"{folder}-{paper}", folder, source, quick=quick))
    return tuple(found)


BUILDS = _builds()


@dataclass(frozen=True, slots=True)
class Side:
    """A tree of the code, and the name that it has in messages."""

    name: str
    code: Path

    def environment(self, cache: Path) -> dict[str, str]:
        """This code, an empty cache, and nothing of the machine's language, zone or settings."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("BOOKLET_", "LC_"))}
        kept.pop("SOURCE_DATE_EPOCH", None)
        return {
            **kept,
            "PYTHONPATH": str(self.code),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "LANG": "C.UTF-8",
            "LANGUAGE": "en",
            "TZ": "UTC",
            "XDG_CACHE_HOME": str(cache),
            "BOOKLET_CACHE_DIR": str(cache / "booklet"),
        }


def run(
    side: Side, arguments: tuple[str, ...], work: Path, cache: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """`booklet …` of this side, in the folder `work`, with this cache; None: an empty one.

    Raises:
        subprocess.TimeoutExpired: it hangs.
    """
    with tempfile.TemporaryDirectory(prefix="same-cache-") as empty:
        command = [sys.executable, "-m", "booklet", *arguments]
        environment = side.environment(cache or Path(empty))
        return subprocess.run(
            command, cwd=work, env=environment, capture_output=True, check=False, timeout=BUILD_S
        )


def check_side(side: Side, work: Path) -> None:
    """Make sure that the code of this side is the code that runs.

    Raises:
        RuntimeError: another `booklet` is imported.
    """
    told = subprocess.run(
        [sys.executable, "-c", "import booklet; print(booklet.__file__)"],
        cwd=work,
        env=side.environment(work),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    if not Path(told).resolve().is_relative_to(side.code.resolve()):
        raise RuntimeError(f"{side.name}: {told} is imported instead of {side.code}")


def make(side: Side, build: Build, work: Path, results: Path, cache: Path | None = None) -> None:
    """Build, and put the outputs, and the exit code, into the folder `results`.

    Outputs of several booklets keep their folders; one booklet's has no other name than its files.
    """
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    flags = ("--offline", "--jobs", "1", "-q", "--output-dir", "out")
    done = run(side, ("build", *build.arguments, *flags), work, cache)
    results.mkdir(parents=True)
    (results / OUTCOME).write_text(f"{done.returncode}\n", encoding="utf-8")
    made = [out / name for name in sorted(names(out))]
    base = out if len({path.parent for path in made}) > 1 else None
    for path in made:
        target = results / (path.relative_to(base) if base else path.name)
        target.parent.mkdir(exist_ok=True)
        if path.name == "report.json":
            target.write_text(_without_place(path, work), encoding="utf-8")
        else:
            shutil.move(path, target)
    (results.parent / f"{results.name}.said.txt").write_bytes(done.stdout + done.stderr)


def _without_place(report: Path, work: Path) -> str:
    text = report.read_text(encoding="utf-8")
    for place in (str(work), str(work.resolve())):
        text = text.replace(json.dumps(place, ensure_ascii=False)[1:-1], "WORK")
    return text


def kept(side: Side, build: Build, work: Path, store: Path, commit: str) -> Path:
    """What an earlier run of that commit made of the same input, libraries and faces; or make it now.

    Args:
        side: the named commit's code.
        build: what to build.
        work: the folder that holds the input.
        store: the folder where results are kept.
        commit: the commit's full hash.
    """
    stands = json.dumps([build.arguments, drawn.versions(), _digest(work / build.kind)])
    key = hashlib.sha256(stands.encode()).hexdigest()[:16]
    found = store / commit[:12] / f"{build.name}-{key}"
    if not found.is_dir():
        found.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=found.parent) as scratch:
            made = Path(scratch, build.name)
            make(side, build, work, made)
            if not found.is_dir():  # else another run was faster
                made.replace(found)
    return found


def _digest(folder: Path) -> str:
    return hashlib.sha256(
        repr([(name, sha256(folder / name)) for name in sorted(names(folder))]).encode()
    ).hexdigest()


def resolve(commit: str) -> str:
    """The full hash of a commit.

    Raises:
        RuntimeError: there is no such commit here (a shallow clone).
    """
    try:
        return _git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").decode().strip()
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"no commit {commit} in this repository (git fetch --unshallow?)") from error


def unpack(commit: str, folder: Path) -> Side:
    """The code of a commit, in a folder."""
    archive = _git("archive", "--format=tar", commit, "booklet", "themes")
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")
    return Side(commit[:7], folder)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout
