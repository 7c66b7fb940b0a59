"""Over the real posts: the lead picture stands once; nothing fails. (Text and structure: `tests/quality`.)"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.quality.posts import cleaned

pytestmark = pytest.mark.corpus


def test_no_post_fails_and_none_shows_its_lead_picture_twice(corpus_posts: tuple[Path, ...]) -> None:
    for path in corpus_posts:
        result = cleaned(path)
        codes = {found.code for found in result.findings}
        assert not codes & {"clean-failed", "body-truncated", "depth-capped"}, path.name
        assert result.lead is None, path.name


def test_the_seed_article_is_structured_to_its_last_line(corpus_posts: tuple[Path, ...]) -> None:
    seed = next(path for path in corpus_posts if path.name.startswith("000"))
    result = cleaned(seed)
    root = etree.fromstring(f"<r>{result.body}</r>".encode())
    assert len(result.headings) == 7
    assert len(root.findall("ul/li")) == seed.read_text(encoding="utf-8").count("<p>●")
    assert result.videos[0].url == "https://v.qq.com/x/page/n3303k266me.html"
    assert [element.tag for element in root][-2:] == ["div", "p"]
    assert len(result.images) == 1
    assert [address.partition("://")[2][:12] for address in result.images[0].candidates] == [
        "zkres2.myzak",
        "cors.zfour.w",
    ]
