"""Emphasis and quotations where no Kai tells them from the text around them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from booklet.fonts import find_faces
from booklet.render.pdf.trees.emphasis import dot_emphasis
from booklet.render.pdf.trees.preface import css_preface

from .sample import A5, theme


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>甲<em>乙丙</em>丁</p>", "<p>甲<em>[乙][丙]</em>丁</p>"),
        ("<p><em>乙，x 丙</em></p>", "<p><em>[乙]，x [丙]</em></p>"),
        ("<p><em>乙<b>丙</b>丁</em>戊</p>", "<p><em>[乙]<b>[丙]</b>[丁]</em>戊</p>"),
        ("<p><i><em>乙</em></i></p>", "<p><i><em>[乙]</em></i></p>"),
        ("<p><em>乙<code>丙</code></em></p>", "<p><em>[乙]<code>丙</code></em></p>"),
        ("<p><em>plain</em></p>", "<p><em>plain</em></p>"),
        (f"<p><em>{'长' * 401}</em></p>", f"<p><em>{'长' * 401}</em></p>"),
    ],
)
def test_each_emphasised_han_gets_a_dot(markup: str, expected: str) -> None:
    root = etree.fromstring(markup)
    dot_emphasis(root)
    found = etree.tostring(root, encoding="unicode")
    assert found.replace('<span class="dotted">', "[").replace("</span>", "]") == expected


def test_a_quotation_has_a_rule_only_where_there_is_no_kai() -> None:
    faces = find_faces(configured={}, wanted={})
    for own in (True, False):
        roles = {**faces.roles, "kai": replace(faces.roles["kai"], own=own)}
        css = css_preface(theme=theme(), options={}, paper=A5, faces=replace(faces, roles=roles))
        assert ("--quotation-rule" in css) != own
