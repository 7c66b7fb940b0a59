"""Running heads say as much of a title as a line of the paper holds."""

from __future__ import annotations

import pytest
from lxml import etree

from booklet.render.pdf.chapters import fit_running_title
from booklet.render.pdf.tables import Room


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (400.0, "旧风琴的修理，从一支音管说起的二十个晚上"),
        (160.0, "旧风琴的修理，从一支音管…"),
        (0.0, "…"),
    ],
)
def test_a_running_title_is_cut_to_the_measure(width: float, shown: str) -> None:
    root = etree.Element(
        "article", {"data-running": "旧风琴的修理，从一支音管说起的二十个晚上", "lang": "zh-CN"}
    )
    fit_running_title(root, Room(width, 500, font=12, pitch=18))
    assert root.get("data-running") == shown
