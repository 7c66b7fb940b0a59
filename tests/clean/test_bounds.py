"""Text without end is divided, nothing of it is lost, and no text takes minutes."""

from __future__ import annotations

import re
import time

import pytest
from lxml import etree

from booklet.clean import clean
from booklet.clean.validity.bounds import MAX_LINE_CHARS, MAX_PARAGRAPH_CHARS
from booklet.model import CleanArticle

from .articles import article

SENTENCE = "排版的人不怕长文，只怕一口气说到底。"


def text_of(element: etree._Element) -> str:
    """Without the line feeds between blocks."""
    return "".join(map(str, element.itertext())).replace("\n", "" if element.tag != "pre" else "\n")


def blocks(cleaned: CleanArticle, name: str) -> list[str]:
    root = etree.fromstring(f"<body>{cleaned.body}</body>")
    return [text_of(block) for block in root.iter(name)]


def codes(cleaned: CleanArticle) -> list[str]:
    return [found.code for found in cleaned.findings]


def test_an_endless_paragraph_becomes_several_that_end_with_sentences() -> None:
    text = SENTENCE * 3000
    cleaned = clean(article(f"<p>{text}</p>"))
    parts = blocks(cleaned, "p")
    assert "".join(parts) == text
    assert all(len(part) <= MAX_PARAGRAPH_CHARS and part.endswith("。") for part in parts)
    assert codes(cleaned) == ["text-divided"]


def test_what_a_cut_goes_through_is_opened_again_and_keeps_its_link() -> None:
    inner = SENTENCE * 1500
    cleaned = clean(article(f'<p>起<a href="https://a.example/"><b id="here">{inner}</b></a>止</p>'))
    root = etree.fromstring(f"<body>{cleaned.body}</body>")
    assert text_of(root) == f"起{inner}止"
    links = list(root.iter("a"))
    assert len(links) == len(list(root.iter("p"))) > 2
    assert {link.get("href") for link in links} == {"https://a.example/"}


@pytest.mark.parametrize("name", ["li", "td", "dd", "blockquote", "h2", "figcaption"])
def test_no_block_holds_more_than_the_limit(name: str) -> None:
    around = {"li": "<ul>{}</ul>", "td": "<table><tr><td>甲</td>{}</tr><tr><td>1</td><td>2</td></tr></table>"}
    around |= {"dd": "<dl><dt>词</dt>{}</dl>", "figcaption": '<figure><img src="a.png">{}</figure>'}
    text = SENTENCE * 1500
    cleaned = clean(
        article("<p>前</p>" + around.get(name, "{}").format(f"<{name}>{text}</{name}>") + "<p>后</p>")
    )
    assert text in text_of(etree.fromstring(f"<body>{cleaned.body}</body>"))
    assert max(map(len, blocks(cleaned, "p"))) <= MAX_PARAGRAPH_CHARS


def test_what_is_marked_in_an_endless_item_keeps_it_from_nothing() -> None:
    text = SENTENCE * 1500
    cleaned = clean(article(f"<ul><li><em>一</em>{text}</li><li>二</li></ul>"))
    assert "".join(blocks(cleaned, "li")) == f"一{text}二"
    assert max(map(len, blocks(cleaned, "p"))) <= MAX_PARAGRAPH_CHARS
    assert codes(cleaned) == ["text-divided"]


def test_endless_code_lines_go_on_in_the_next_line() -> None:
    line = "let a=1;" * 2000
    cleaned = clean(article(f"<pre><code>first\n{line}\nlast</code></pre>"))
    (listing,) = blocks(cleaned, "pre")
    assert max(map(len, listing.split("\n"))) == MAX_LINE_CHARS
    assert listing.replace("\n", "") == f"first{line}last"
    assert codes(cleaned) == ["text-divided"]


def test_ordinary_text_stays_as_it_is() -> None:
    cleaned = clean(article(f"<p>{SENTENCE * 100}</p><pre>{'x' * MAX_LINE_CHARS}</pre>"))
    assert len(blocks(cleaned, "p")) == 1
    assert "text-divided" not in codes(cleaned)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("[video " * 30_000, id="shortcodes that never end"),
        pytest.param("[caption " * 30_000 + "[/caption]", id="captions that never end"),
        pytest.param("- [ ] 事\n" * 8_000, id="tasks"),
    ],
)
def test_markdown_that_repeats_itself_takes_seconds(body: str) -> None:
    begun = time.perf_counter()
    cleaned = clean(article(body, body_format="markdown"))
    assert time.perf_counter() - begun < 30
    assert cleaned.text_chars


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<p>" + "https://a.example/x?y=z " * 40_000 + "</p>", id="bare addresses"),
        pytest.param("<p " + " ".join(f'a{i}="x"' for i in range(50_000)) + ">文</p>", id="attributes"),
        pytest.param("<p>" + "&amp;&bogus;&#x4e2d;" * 50_000 + "</p>", id="character references"),
        pytest.param("<ul><li>甲" * 5_000, id="lists in lists"),
        pytest.param("<p>" + "设$x_1$有" * 20_000 + "</p>", id="formulas in one paragraph"),
        pytest.param('<p><a href="https://a.example/x">链</a></p>' * 20_000, id="links"),
    ],
)
def test_html_that_repeats_itself_takes_seconds(body: str) -> None:
    begun = time.process_time()
    cleaned = clean(article(body))
    assert time.process_time() - begun < 20
    assert cleaned.text_chars


def test_many_lines_in_one_paragraph_take_seconds() -> None:
    begun = time.perf_counter()
    cleaned = clean(article("<p>" + "<br>".join(["一行短诗"] * 10_000) + "</p>"))
    assert time.perf_counter() - begun < 30
    assert len(re.findall("一行短诗", cleaned.body)) == 10_000
