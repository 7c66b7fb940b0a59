"""Nobody is sent to a page that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import pages

_PATH = re.compile(r"(?:booklet|tests|themes|\.ci|\.github)/[\w./-]+")
"""A name with a variable part, such as `tests/cases/<step>/`, is none."""


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_every_relative_link_leads_to_a_file_and_to_a_heading_of_it(page: Path) -> None:
    for link in pages.links(page):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        address, _, anchor = link.partition("#")
        target = (page.parent / address).resolve() if address else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in pages.anchors(target), link


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_every_path_of_the_repository_that_is_named_is_there(page: Path) -> None:
    for code in pages.codes(pages.prose(page)):
        if _PATH.fullmatch(code):
            assert (pages.ROOT / code).exists() or (page.parent / code).exists(), code


def test_the_readme_is_what_a_stranger_reads_in_five_minutes() -> None:
    assert len(pages.read(pages.README).splitlines()) <= 250, (
        "move what is not needed at first into .github/docs"
    )


def test_every_page_of_the_docs_is_reached_from_the_readme() -> None:
    reached, waiting = {pages.README}, [pages.README]
    while waiting:
        page = waiting.pop()
        for link in pages.links(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target in pages.PAGES and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert not set(pages.DOCS.glob("*.md")) - reached


def test_headings_get_the_ids_that_github_gives_them() -> None:
    assert pages.slug("`booklet.toml`") == "booklettoml"
    assert pages.slug("Windows（未经测试）") == "windows未经测试"
    assert pages.slug("Findings: three levels") == "findings-three-levels"
