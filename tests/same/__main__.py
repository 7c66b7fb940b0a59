"""`python -m tests.same`: builds at a named commit and at this tree, and says what differs."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_cache_path

from tests.conftest import CORPUS
from tests.same import builds, listed
from tests.same.builds import BUILDS, Build, Side
from tests.same.compare import Difference, differences, names

FIRST = 12  # differing parts that are named; the rest is counted
KINDS = ("frozen", "samples", "posts", "dialects")


def main(arguments: Sequence[str] | None = None) -> int:
    """0: all is the same, or listed in `changed.toml`; 1: not; 2: wrong usage."""
    given = _given(arguments)
    try:
        commit = builds.resolve(given.against)
        rows = listed.rows()
    except (RuntimeError, ValueError, TypeError) as error:
        _say(f"same: {error}", to_stderr=True)
        return 2
    with tempfile.TemporaryDirectory(prefix="same-") as scratch:
        place = Path(scratch).resolve()
        work = place / "work"
        work.mkdir()
        old = builds.unpack(commit, place / "old")
        head = Side("this tree", builds.ROOT)
        for side in (old, head):
            builds.check_side(side, work)
        found = _starters(old, head, place)
        _input(work, place / "starter" / "before")
        chosen, lacking = _chosen(given, work)
        for build in chosen:
            found += _one(build, (old, head), work, place / "results", (given.cache, commit))
    left_out = f" (without {', '.join(lacking)})" if lacking else ""
    return _conclude(found, rows, commit[:7] + left_out)


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m tests.same", description=__doc__)
    told.add_argument(
        "--against", default="2f5a4a7", metavar="COMMIT", help="the earlier code (default: %(default)s)"
    )
    told.add_argument(
        "--only", action="append", choices=KINDS, help="these builds; repeatable (default: all)"
    )
    told.add_argument(
        "--quick", action="store_true", help="the frozen project, the samples on A4 and the posts on A5 alone"
    )
    told.add_argument(
        "--cache",
        type=Path,
        default=user_cache_path("booklet-same", appauthor=False),
        metavar="DIR",
        help="where results of the earlier code are kept (default: %(default)s)",
    )
    return told.parse_args(arguments)


def _input(work: Path, starter: Path) -> None:
    """Put into `work` what is built, a folder for each kind."""
    starter.rename(work / "samples")
    shutil.copytree(builds.ROOT / "tests" / "frozen" / "project", work / "frozen")
    for folder in ("posts", "dialects"):
        if (CORPUS / folder).is_dir():
            shutil.copytree(CORPUS / folder, work / folder)


def _chosen(given: argparse.Namespace, work: Path) -> tuple[list[Build], list[str]]:
    """The builds asked for whose input is there, and the kinds whose is not.

    Raises:
        SystemExit: 2, what is asked for by name, or must not be skipped (`.ci/run`), is not there.
    """
    wanted = [
        build
        for build in BUILDS
        if (not given.only or build.kind in given.only) and (build.quick or not given.quick)
    ]
    lacking = sorted({build.kind for build in wanted if not (work / build.kind).is_dir()})
    if lacking:
        _say(f"no {' and no '.join(lacking)} in {CORPUS} (set BOOKLET_CORPUS): left out", to_stderr=True)
        must = os.environ.get("BOOKLET_NO_SKIP") and str(CORPUS) != "none"
        if given.only or must:
            raise SystemExit(2)
    return [build for build in wanted if build.kind not in lacking], lacking


def _starters(old: Side, head: Side, place: Path) -> list[Difference]:
    """What `booklet init` writes on both sides. The builds of both use the earlier one's."""
    for side, name in ((old, "before"), (head, "after")):
        target = place / "starter" / name
        target.mkdir(parents=True)
        done = builds.run(side, ("init", "-q", "."), target)
        if done.returncode:
            raise SystemExit(f"{side.name}: booklet init failed: {done.stderr.decode(errors='replace')}")
    found = list(differences(place / "starter" / "before", place / "starter" / "after", prefix="starter/"))
    _told("starter", len(names(place / "starter" / "before")), found, 0.0)
    return found


def _one(
    build: Build, sides: tuple[Side, Side], work: Path, results: Path, keep: tuple[Path, str]
) -> list[Difference]:
    """Both sides of a build, compared; told as it goes, for it takes minutes."""
    begun = time.monotonic()
    old, head = sides
    before = builds.kept(old, build, work, keep[0], keep[1])
    after = results / build.name
    builds.make(head, build, work, after)
    found = list(differences(before, after, prefix=f"{build.name}/"))
    if (before / builds.OUTCOME).read_bytes() != (after / builds.OUTCOME).read_bytes():
        said = (results / f"{build.name}.said.txt").read_text(encoding="utf-8", errors="replace")
        _say(said.strip()[-1500:], to_stderr=True)
    _told(build.name, len(names(before) | names(after)), found, time.monotonic() - begun)
    shutil.rmtree(after)
    return found


def _told(name: str, files: int, found: list[Difference], seconds: float) -> None:
    verdict = f"{len(found)} differ" if found else "same"
    _say(f"{name}: {files} files, {verdict}{f', {seconds:.0f} s' if seconds else ''}", to_stderr=True)


def _conclude(found: list[Difference], rows: tuple[listed.Row, ...], against: str) -> int:
    """The report, on stdout: the same for the same outputs."""
    unlisted = 0
    for one in found:
        row = listed.reason(one, rows)
        unlisted += row is None
        _say(describe(one) + (f"\n  changed, as listed: {row.reason}" if row else ""))
    meant = len(found) - unlisted
    if not found:
        _say(f"same as {against}: every file")
    else:
        _say(f"against {against}: {unlisted} differ, {meant} changed as listed")
    return 1 if unlisted else 0


def describe(one: Difference) -> str:
    """A line for the file, one for what differs in it."""
    before, after = (digest[:12] if digest else "none" for digest in (one.before, one.after))
    lines = [f"{one.name}: {before} → {after}"]
    if one.parts:
        more = len(one.parts) - FIRST
        lines.append(f"  {', '.join(one.parts[:FIRST])}{f' and {more} more' if more > 0 else ''}")
    if one.note:
        lines.append(f"  {one.note}")
    return "\n".join(lines)


def _say(line: str, *, to_stderr: bool = False) -> None:
    stream = sys.stderr if to_stderr else sys.stdout
    stream.write(line + "\n")
    stream.flush()


if __name__ == "__main__":
    raise SystemExit(main())
