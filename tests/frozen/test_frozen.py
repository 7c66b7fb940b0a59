"""A project of November 2026 builds as it did then: the same bytes, the same report, its cache still read."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import absent
from tests.frozen.readings import KINDS, RECORD, apart, built, digests, text_of
from tests.same import drawn
from tests.same.builds import OUTCOME, ROOT, Side
from tests.same.compare import Difference, changed_keys, names
from tests.same.listed import reason, rows

pytestmark = pytest.mark.timeout(480)  # four booklets are built, for the first test that asks
UNLIKE = 0.02
"""Share of characters that other releases of what draws may move: running heads, where a page ends."""
HOW = "`python -m tests.same --only frozen` names members and pages; what is meant goes into changed.toml"


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(Side("this tree", ROOT), tmp_path_factory.mktemp(kind), warm=kind == "warm")


def recorded(*path: str) -> Any:
    return json.loads(RECORD.joinpath(*path).read_bytes())


@cache
def drawn_otherwise() -> dict[str, tuple[str, str]]:
    """What draws here in another version than for the record: then and now."""
    now = drawn.versions()
    return {
        name: (old, now.get(name, "none"))
        for name, old in recorded("drawn.json").items()
        if old != now.get(name)
    }


def is_listed(name: str) -> bool:
    """Whether the file may differ in any way; which part of it, `make same` compares."""
    return any(row.allows(Difference(name, "", "", row.parts)) for row in rows())


def test_it_builds_and_every_output_is_there(made: Path, kind: str) -> None:
    said = (made.parent / f"{made.name}.said.txt").read_text(encoding="utf-8")
    assert (made / OUTCOME).read_text(encoding="utf-8") == "0\n", said
    expected = {*recorded(kind, "sha256.json"), *(f"{name}/report.json" for name in reports(kind))}
    assert names(made) == expected


def reports(kind: str) -> list[str]:
    return sorted(path.parent.name for path in (RECORD / kind).glob("*/report.json"))


def test_every_byte_is_that_of_the_record(made: Path, kind: str) -> None:
    """Where other releases draw they cannot be; the test of text and pages stands in, and always runs."""
    if drawn_otherwise():
        pytest.skip(
            f"drawn by other versions than the record (text and pages are compared): {drawn_otherwise()}"
        )
    old, new = recorded(kind, "sha256.json"), digests(made)
    differing = [
        name for name in old if old[name] != new.get(name) and not is_listed(f"frozen-{kind}/{name}")
    ]
    assert not differing, HOW


def test_text_and_number_of_pages_are_those_of_the_record(made: Path, kind: str) -> None:
    """This one holds whatever draws: an EPUB's text to the letter, a PDF's but for where its pages end."""
    if shutil.which("pdftotext") is None:
        absent("poppler-utils is not installed")
    for path in sorted((RECORD / kind).glob("*/*.txt")):
        name = path.relative_to(RECORD / kind).as_posix().removesuffix(".txt")
        if is_listed(f"frozen-{kind}/{name}"):
            continue
        then, now = path.read_text(encoding="utf-8"), text_of(made / name)
        if name.endswith(".epub"):
            assert now == then, name
        else:
            assert apart(then, now) <= (UNLIKE if drawn_otherwise() else 0), name
            assert now.count("\f") == then.count("\f"), name  # one ends every page


def test_every_key_of_the_report_has_its_value(made: Path, kind: str) -> None:
    """Keys may come; timings, and the outputs' sizes and digests, are no part of it."""
    for name in reports(kind):
        old = recorded(kind, name, "report.json")
        new = json.loads((made / name / "report.json").read_bytes())
        parts = tuple(dict.fromkeys(changed_keys(old, new)))
        found = Difference(f"frozen-{kind}/{name}/report.json", "", "", parts)
        told = {part: (value(old, part), value(new, part)) for part in parts}
        assert not parts or reason(found, rows()), told


def value(report: Any, key: str) -> Any:
    """What stands at a key such as `articles.0.pages`; None: nothing."""
    for part in key.split("."):
        try:
            report = report[int(part) if isinstance(report, list) else part]
        except (LookupError, TypeError):
            return None
    return report


def test_the_picture_of_the_web_comes_from_the_old_cache(made: Path, kind: str) -> None:
    images = json.loads((made / "corner-2026-W40" / "report.json").read_bytes())["images"]
    warm = kind == "warm"
    assert (images["cached"], images["missing"]) == (int(warm), 2 - int(warm))


def test_text_that_another_release_moved_counts_little_and_text_lost_counts() -> None:
    page = "一间三十二平方米的屋子，六百多册书，两张长桌。" * 20
    assert apart(page, "\n".join(page[at : at + 7] for at in range(0, len(page), 7)) + "第 12") <= UNLIKE
    assert apart(page, page[: len(page) * 9 // 10]) > UNLIKE
