"""Every step against its case files in `tests/cases/<step>/`; `tests/cases/whole/` goes through the whole line."""

from __future__ import annotations

import re

import pytest

from booklet.clean import STEPS, TEXT_STEPS, clean
from booklet.clean.draft import Draft
from booklet.clean.serialise import serialise
from booklet.clean.tree import parse
from tests.clean.articles import article
from tests.clean.case_files import CASES, Case, read_cases

_KEY = re.compile(r"image:[0-9a-f]{16}")


def run(case: Case) -> str:
    if case.step.startswith("whole"):
        body_format = "markdown" if case.file.startswith("markdown") else "html"
        result = clean(article(case.given, "markdown" if body_format == "markdown" else "html"))
        shown = {f"image:{image.key}": image.url for image in result.images}
        body = _KEY.sub(lambda found: shown.get(found[0], found[0]), result.body)
        return re.sub(
            r'<div data-video="(\d+)"></div>',
            lambda found: f"[{result.videos[int(found[1])].provider} {result.videos[int(found[1])].url}]",
            body,
        )
    step = dict(STEPS)[case.step]
    body_format = "markdown" if case.step in ("markdown", "shortcodes") else "html"
    draft = Draft(article("", "markdown" if body_format == "markdown" else "html"), case.given)
    if case.step in dict(TEXT_STEPS):
        step(draft)
        return draft.text if case.step != "sanitise" else serialise(draft.root)
    draft.root = parse(case.given)
    step(draft)
    return serialise(draft.root)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_step_does_what_its_case_file_says(case: Case) -> None:
    assert run(case).strip("\n") == case.expected.strip("\n")


def test_every_step_has_a_case_file() -> None:
    """A step is documented by what it does to an input."""
    missing = [name for name, _ in STEPS if not list((CASES / name).glob("*.md"))]
    assert missing == []
