"""Over the real posts: the text is kept, in order; the lead picture stands once; nothing fails."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from booklet.clean import clean
from booklet.model import CleanArticle

from .articles import article

pytestmark = pytest.mark.corpus

_GONE = ("style", "script", "iframe", "audio", "button", "svg", "noscript")
_ON_PURPOSE = re.compile("[●•▲△]|复制代码|给作者打赏鼓励TA抓紧创作|赞赏")
"""List marks, and what belongs to the page: removed from both sides of the comparison."""


def post(path: Path) -> tuple[str, str]:
    """Front matter and body."""
    _, front, body = re.split(r"(?m)^---[ \t]*$", path.read_text(encoding="utf-8"), maxsplit=2)
    return front, body


def field(front: str, name: str) -> str:
    found = re.search(rf"(?m)^{name}:[ \t]*['\"]?(.*?)['\"]?$", front)
    return found[1] if found else ""


def cleaned(path: Path) -> CleanArticle:
    front, body = post(path)
    cover = field(front, "headimg") or field(front, "thumbnail")
    return clean(article(body, title=field(front, "title"), cover=cover))


def folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", _ON_PURPOSE.sub("", text.replace("，", "")))
    return "".join(char for char in text if unicodedata.category(char)[0] in "LNS")


def reference(body: str) -> str:
    """The text of the body by another parser; code keeps its tags, because they are its text."""
    body = re.sub(
        r"(?s)(<code[^>]*>)(.*?)(<span class=\"copy-code-btn\">.*?</span>)?(</code>)",
        lambda found: (
            found[1] + re.sub(r"<", "&lt;", found[2]) + found[4] if "<span" not in found[2] else found[0]
        ),
        body,
    )
    body = re.sub(r"<(?=[\s\d])", "&lt;", body)
    tree = lxml_html.fromstring(f"<div>{body}</div>")
    etree.strip_elements(tree, *_GONE, etree.Comment, with_tail=False)
    return folded("".join(map(str, tree.itertext())))


def test_text_of_every_post_is_kept_in_order(corpus_posts: tuple[Path, ...]) -> None:
    lost: dict[str, float] = {}
    for path in corpus_posts:
        wanted = reference(post(path)[1])
        got = folded(
            "".join(
                str(part) for part in etree.fromstring(f"<r>{cleaned(path).body}</r>".encode()).itertext()
            )
        )
        same = sum(
            block.size for block in SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
        )
        if same < 0.995 * len(wanted):
            lost[path.name] = same / len(wanted)
    assert lost == {}


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
