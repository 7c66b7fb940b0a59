"""Every step against its case files in `tests/cases/<step>/`; `whole/` and `order/` go through all steps."""

from __future__ import annotations

import re
from html import escape

import pytest

from booklet.clean import STEPS, TEXT_STEPS, clean
from booklet.clean.draft import Draft
from booklet.clean.serialise import serialise
from booklet.clean.tree import Element, parse
from booklet.clean.vocabulary import VOID
from booklet.model import CleanArticle

from .articles import article
from .case_files import CASES, Case, as_article, read_cases

_KEY = re.compile(r"image:[0-9a-f]{16}")


def run(case: Case) -> str:
    if case.step in ("whole", "order"):
        return shown(clean(as_article(case)))
    step = {row.name: row.step for row in STEPS}[case.step]
    draft = Draft(article("", "markdown" if case.step in ("markdown", "shortcodes") else "html"), case.given)
    if case.step in {row.name for row in TEXT_STEPS}:
        step(draft)
        return draft.text if case.step != "sanitise" else serialise(draft.root)
    draft.root = parse(case.given)
    step(draft)
    return written(draft.root)


def shown(result: CleanArticle) -> str:
    """The body with the addresses of its pictures and videos, below the article's own picture."""
    addresses = {f"image:{image.key}": image.url for image in result.images}
    body = _KEY.sub(lambda found: addresses.get(found[0], found[0]), result.body)
    body = re.sub(
        r'<div data-video="(\d+)"></div>',
        lambda found: f"[{result.videos[int(found[1])].provider} {result.videos[int(found[1])].url}]",
        body,
    )
    return body if result.lead is None else f"[{result.lead.url}]\n{body}"


def written(element: Element) -> str:
    """The tree as it stands between steps."""
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(escape(child, quote=False))
            continue
        if child.name == "math":
            parts.append(child.attrs["markup"])
            continue
        attrs = "".join(f' {name}="{escape(value)}"' for name, value in child.attrs.items())
        end = "" if child.name in VOID else f"{written(child)}</{child.name}>"
        parts.append(f"<{child.name}{attrs}>{end}")
    return "".join(parts)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_step_does_what_its_case_file_says(case: Case) -> None:
    assert run(case).strip("\n") == case.expected.strip("\n")


def test_every_step_has_a_case_file() -> None:
    """A step is documented by what it does to an input."""
    missing = [row.name for row in STEPS if not list((CASES / row.name).glob("*.md"))]
    assert missing == []
