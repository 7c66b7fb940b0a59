"""Widths are measured before boxes have a place: whatever a container holds, its article is set."""

from __future__ import annotations

import pytest

from tests.theme.sample import article

from .printed import page_texts, print_articles

CONTENTS = {
    "text and a display formula": '字 <math display="block"><mi>x</mi></math>',
    "text, a space and a formula": "字 <math><mi>x</mi></math> 后",
    "text that ends in a space": "字词 ",
    "a note's call": '话<a class="noteref" href="#n">1</a> ',
    "code in a sentence": "用 <code>a_b.c</code> 来 ",
    "a word and a break": "Internationalization<br/> 字 ",
    "a link and a mark": '见<a href="https://site.example/a">此处</a>。 ',
    "ruby": "<ruby>漢<rt>hàn</rt></ruby> 字 ",
    "emphasis beside a space": "<strong>甲 </strong> 乙",
    "a picture that is missing": '字 <img src="images/none.png" alt="无"/> 后',
    "nothing but a space": " ",
}
ROW = "<tr><td>三</td><td>一</td></tr>"
CONTAINERS = {
    "cell": "<table><tbody><tr><th>甲</th><th>乙</th></tr><tr><td>{}</td><td>一</td></tr></tbody></table>",
    "head": f"<table><thead><tr><th>{{}}</th><th>乙</th></tr></thead><tbody>{ROW}</tbody></table>",
    "caption": f"<table><caption>{{}}</caption><tbody>{ROW}</tbody></table>",
    "cell with blocks": "<table><tbody><tr><td><p>{0}</p><ul><li>{0}</li></ul></td></tr></tbody></table>",
    "item": "<ul><li>{}</li></ul>",
    "quotation": "<blockquote><p>{}</p></blockquote>",
    "heading": '<h2 id="h">{}</h2><p>文</p>',
    "definition": "<dl><dt>{0}</dt><dd>{0}</dd></dl>",
    "figure": "<figure><figcaption>{}</figcaption></figure>",
    "paragraph": "<p>{}</p>",
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_content_can_be_measured_in_every_container(container: str) -> None:
    bodies = [CONTAINERS[container].format(content) for content in CONTENTS.values()]
    articles = [article(number, f"第{number}篇", body) for number, body in enumerate(bodies, 1)]
    result = print_articles(articles)
    lost = [
        (list(CONTENTS)[int(found.source.rpartition("/")[2].partition(".")[0]) - 1], dict(found.params))
        for found in result.findings
        if found.code == "article-not-set"
    ]
    assert lost == []
    assert "本文的版式无法处理" not in "".join(page_texts(result.data))
