"""A release of WeasyPrint that is another inside costs the pages what the table says, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from booklet.render.pdf.engine.library.table import ALL, CHUNKS, GROUPS, READERS, ROWS

from .altered import FIRST_ROWS, KINDS, Built, Kind, built, changed, copied, pages, raised, written_articles

pytestmark = pytest.mark.timeout(600)
HERE = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_articles(tmp_path_factory.mktemp("altered") / "articles")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Built:
    made = built(None, articles, tmp_path_factory.mktemp("stock") / "out")
    assert (made.code, made.findings) == (0, ())
    return made


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return copied(tmp_path / "library")


@pytest.mark.parametrize("version", [pytest.param("70.1", marks=pytest.mark.soak), "71.0"])
def test_a_newer_release_with_the_same_sources_gives_the_same_pages(
    tmp_path: Path, library: Path, articles: Path, stock: Built, version: str
) -> None:
    raised(library, version)
    made = built(library, articles, tmp_path / "out")
    assert (made.code, made.epub, made.findings) == (0, True, ())
    assert made.pdf != stock.pdf  # it names the release
    assert pages(made.pdf) == pages(stock.pdf)
    assert made.articles == stock.articles


@pytest.mark.soak
def test_a_release_that_explains_itself_better_gives_the_same_pages(
    tmp_path: Path, library: Path, articles: Path, stock: Built
) -> None:
    for path in library.rglob("*.py"):
        path.write_bytes(path.read_bytes() + b"\n# One more comment.\n")
    made = built(library, articles, tmp_path / "out")
    assert (made.code, made.findings) == (0, ())
    assert made.pdf == stock.pdf


SOAK = pytest.mark.soak
LOST = [
    pytest.param(name, kind, id=f"{name}-{kind}", marks=() if (name, kind) in often else (SOAK,))
    for often in [{("listings", "body"), ("grid", "renamed"), ("lines", "gone")}]
    for name in FIRST_ROWS
    for kind in KINDS
]


@pytest.mark.parametrize(("name", "kind"), LOST)
def test_one_thing_that_changed_costs_its_groups_and_is_said(
    tmp_path: Path, library: Path, articles: Path, name: str, kind: Kind
) -> None:
    place = FIRST_ROWS[name]
    with changed(library, place, kind):
        made = built(library, articles, tmp_path / "out")
    assert made.epub
    if not made.pdf:
        assert kind in ("renamed", "gone")  # the library itself does not find it
        (found,) = [one for one in made.findings if one["level"] == "error"]
        assert found["code"] in ("pdf-failed", "engine-unusable")
        assert made.code == 1
        return
    assert made.code == 0
    said = {found["code"] for found in made.findings if found["level"] == "warning"}
    if kind in ("renamed", "gone"):
        said -= {"article-not-set"}  # the library itself stumbles where an article asks for what is gone
    assert said == ({"engine-changed"} if name != CHUNKS else set())  # two articles are no chunks
    assert len(made.said("engine-changed")) == len(set(made.said("engine-changed")))
    has_pages = all(article["pages"] for article in made.articles)
    assert has_pages == (name != "page-map")


@pytest.mark.soak
def test_a_long_booklet_is_one_document_where_chunks_are_lost(tmp_path: Path, library: Path) -> None:
    many = written_articles(tmp_path / "many", 52)
    with changed(library, FIRST_ROWS[CHUNKS], "body"):
        made = built(library, many, tmp_path / "out")
    assert (made.code, made.epub) == (0, True)
    assert made.pdf
    (said,) = made.said("engine-changed")
    assert "one document" in said
    assert all(article["pages"] for article in made.articles)


def test_what_the_library_promises_being_gone_refuses_the_pdf_in_one_sentence(
    tmp_path: Path, library: Path, articles: Path
) -> None:
    path = library / "weasyprint/text/fonts.py"
    path.write_text(path.read_text().replace("class FontConfiguration", "class FontSetup"))
    made = built(library, articles, tmp_path / "out")
    assert made.epub
    assert (made.code, made.pdf) == (1, b"")
    assert [found["code"] for found in made.findings] == ["engine-unusable"]


def test_a_change_that_no_row_names_costs_our_layout_and_not_the_pdf(
    tmp_path: Path, library: Path, articles: Path
) -> None:
    """Boxes that refuse attributes of strangers stand for anything that only our functions stumble over."""
    path = library / "weasyprint/formatting_structure/boxes.py"
    text = path.read_text()
    before = "    def all_children(self):"
    assert before in text
    path.write_text(text.replace(before, REFUSING + before, 1))
    made = built(library, articles, tmp_path / "out")
    assert (made.code, made.epub) == (0, True)
    assert made.pdf
    assert len(made.said("engine-changed")) == len(ALL - READERS) - 1  # chunks: a short booklet has none


REFUSING = """
    def __setattr__(self, name, value):
        if name.startswith("booklet_"):
            raise AttributeError(name)
        object.__setattr__(self, name, value)

"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Which groups are left, for each row and each kind of change on disk; nothing is built."""
    folder = copied(tmp_path_factory.mktemp("rows") / "library")
    asked = subprocess.run(
        [sys.executable, "-m", "tests.pdf.engine.asked", str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{HERE}"},
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    found: dict[str, list[str]] = json.loads(asked.stdout)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_thing_of_the_table_costs_its_groups_and_those_that_need_them(
    answers: dict[str, list[str]], kind: Kind
) -> None:
    for row in ROWS:
        lost = set(row.groups)
        lost |= {group.name for group in GROUPS if lost.intersection(group.needs)}
        others = set(answers[f"{row.place} {kind} others"])
        others |= {group.name for group in GROUPS if others.intersection(group.needs)}
        left = set(answers[f"{row.place} {kind}"])
        assert lost <= ALL - left <= lost | others, row.place
        if kind == "body" and ":'" not in row.place:  # a text stands in a function with a row of its own
            assert ALL - left == lost, row.place
