"""Formulas, listings, notes and ruby from an article's source to the EPUB and to the page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from booklet.check import check
from booklet.clean import clean
from booklet.config.papers import PAPERS
from booklet.config.values import Paper
from booklet.fonts import find_faces
from booklet.parts import Target
from booklet.render.chapters import render_chapters
from booklet.render.drawn.formulas import draw_formulas
from booklet.render.epub import render_epub
from booklet.render.pdf import render_pdf
from booklet.render.pdf.trees.bodies import adapt_body
from booklet.render.pdf.trees.listing import set_lines
from booklet.render.pdf.trees.ruby import set_ruby
from booklet.theme import load
from tests.clean.articles import article

from .sample import entry
from .test_chapters import chapter, text, with_articles

A5 = Paper("a5", *PAPERS["a5"])
MATHML = "http://www.w3.org/1998/Math/MathML"
LONG_LINE = "words = [" + ", ".join(f"'word{number}'" for number in range(30)) + "]"
BODY = rf"""设 $a_1*b_2$，其中 $\frac{{x}}{{2}}$。

$$
f(x)=\begin{{cases}}1, & x>0\\ 0, & \text{{否则}}\end{{cases}}
$$

不认识的 $\foo{{x}}$，价格 $5 到 $10。

```python
# 注释
def f(x):
    return "串"

{LONG_LINE}
```

脚注[^1]，手写的<sup><a href="#fn9">[9]</a></sup>，H<sub>2</sub>O，
<ruby>汉<rt>hàn</rt>字<rt>zì</rt></ruby>，见[下文](#小节)与[无处](#nowhere)。

术语
: 解释

<details><summary>答案</summary>

是 $42$。

</details>

> 引文

## 小节

[^1]: 注文 $x_i$。

<p id="fn9">[9] 手写的注文。</p>
"""


def drawn(body: str) -> etree._Element:
    root = etree.fromstring(f"<div>{clean(article(body, 'markdown')).body}</div>")
    draw_formulas(root)
    set_lines(root)
    set_ruby(root)
    return root


def test_formulas_are_mathml_in_the_epub_and_drawings_in_print() -> None:
    theme = load("plain", project_dir=Path())
    options, _ = theme.resolve_options({})
    booklet = with_articles(entry(1, clean(article(BODY, "markdown"))))
    found: dict[Target, etree._Element] = {}
    targets: tuple[Target, ...] = ("epub", "pdf")
    for target in targets:
        chapters = render_chapters(
            booklet,
            theme=theme,
            options=options,
            target=target,
            adapt=adapt_body if target == "pdf" else None,
        )
        found[target] = chapter(chapters, booklet.sections[0].entries[0].id)
    assert len(list(found["epub"].iter(f"{{{MATHML}}}math"))) == 5
    assert list(found["pdf"].iter(f"{{{MATHML}}}math")) == []
    drawings = found["pdf"].findall(".//span[@class='formula']/{http://www.w3.org/2000/svg}svg")
    assert [drawing.get("aria-label") for drawing in drawings] == ["a_1*b_2", r"\frac{x}{2}", "x_i", "42"]
    assert len(found["pdf"].findall(".//span[@class='formula-display']")) == 1


def test_a_drawing_stands_on_the_line_and_keeps_the_mark_after_it() -> None:
    (formula,) = drawn(r"设 $\frac{1}{2}$，则").iter("span")
    assert text(formula) == "，"
    assert formula.tail == "则"
    style = formula[0].get("style", "")
    assert style.startswith("width:0.")
    assert float(style.partition("vertical-align:")[2].removesuffix("em")) < -0.1


def test_characters_that_the_formula_face_lacks_are_text_in_the_drawing() -> None:
    root = drawn(r"$\text{当}x>0$")
    assert [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")] == ["当"]


def test_a_formula_that_cannot_be_drawn_keeps_its_tex() -> None:
    root = etree.fromstring(
        f'<p>甲<math xmlns="{MATHML}" alttext="\\odd"><maction><mi>x</mi></maction></math>乙</p>'
    )
    draw_formulas(root)
    assert etree.tostring(root, encoding="unicode") == '<p>甲<code class="tex undrawn">\\odd</code>乙</p>'


@pytest.mark.timeout(20)
def test_nested_formulas_that_would_take_for_ever_keep_their_tex() -> None:
    tex = r"\sqrt{" * 30 + "x" + "}" * 30
    root = drawn(f"${tex}$")
    assert [text(code) for code in root.iter("code")] == [tex]


def test_every_line_of_code_is_a_block_and_no_character_changes() -> None:
    listing = '# 注\n"""一\n二"""\n\nx = 1'
    root = drawn(f"```python\n{listing}\n```")
    lines = [text(line) for line in root.iter("span") if line.get("class") == "code-line"]
    assert lines == listing.split("\n")
    assert [text(mark) for mark in root.iter("span") if mark.get("class") == "hl-s"] == ['"""一', '二"""']


def test_ruby_is_a_box_for_each_base() -> None:
    root = drawn("<p><ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt>尾</ruby>后</p>")
    boxes = [(text(box[0]), box[0].tail) for box in root.iter("span") if box.get("class") == "ruby"]
    assert boxes == [("hàn", "汉"), ("zì", "字")]
    assert text(root) == "hàn汉zì字尾后"


@pytest.mark.tools
def test_the_epub_is_valid(java: str, tmp_path: Path) -> None:
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({})
    booklet = with_articles(entry(1, clean(article(BODY, "markdown"))))
    chapters = render_chapters(booklet, theme=theme, options=options, target="epub")
    path = tmp_path / "book.epub"
    path.write_bytes(render_epub(booklet, chapters, css=theme.css("epub"), cover=None))
    found = [one for one in check(path) if one.code != "preflight-cover"]  # no cover was drawn for it
    assert found == []


@pytest.mark.tools
def test_the_pdf_sets_all_of_it_without_a_complaint(caplog: pytest.LogCaptureFixture) -> None:
    theme = load("study", project_dir=Path())
    options, _ = theme.resolve_options({})
    booklet = with_articles(entry(1, clean(article(BODY, "markdown"))))
    chapters = render_chapters(booklet, theme=theme, options=options, target="pdf", adapt=adapt_body)
    faces = find_faces(configured={}, wanted=theme.fonts)
    result = render_pdf(booklet, chapters, theme=theme, options=options, paper=A5, faces=faces)
    assert {found.code for found in result.findings} <= {found.code for found in faces.findings}
    printed = subprocess.run(
        ["pdftotext", "-", "-"], input=result.data, capture_output=True, check=True
    ).stdout.decode()
    for word in ("否则", "手写的注文", "解释", "答案", "引文", "hàn", r"\foo{x}", "def f(x):", "'word29']"):
        assert word in printed, word
    again = render_pdf(booklet, chapters, theme=theme, options=options, paper=A5, faces=faces)
    assert again.data == result.data
