r"""What is a formula, what is money; formulas keep their TeX through everything."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.clean import clean
from booklet.clean.formulas.mathml import from_markup, from_tex
from booklet.clean.text.tex import formulas_in
from booklet.clean.tree import Element, elements, parse, text_of

from .articles import article


def found(text: str, *, in_markdown: bool = False) -> list[str]:
    return [formula.tex for formula in formulas_in(text, in_markdown=in_markdown)]


@pytest.mark.parametrize(
    "text",
    [
        "售价 $5 与 $10", "($5)和($10)", "$5-$10", "花了$20，又花了US$", "US$5，HK$ 6",
        "$PATH:$HOME", "echo $a_b,$c_d", "$my_var$", "$user$ 和 $name$", "${a}${b}", "$1$2",
        "$foo->bar($baz)", "$('#a').b(); $('#c')", "echo $$; kill $$", "$ 5 $", "a$b$c", r"\$x\$",
        "$x \\$ y$", "$ 5 and $ 6", "$ 5 + tax, $ 6", "价 $ 12 元 $ 后", "$$ and then $$",
        "用 $$ 表示进程，$$ 也是", "从 $ 到 $$ 再到 $$$", "$ npm run a_b $ npm test",
    ],
)  # fmt: skip
def test_dollars_that_open_no_formula(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "tex",
    ["x", "n-1", "-1", "0.5", "O(nlogn)", "E=mc^2", "a_1*b", "x_{train}", "(a,b]", "f'(x)", "a<b",
     r"\alpha", r"\{1,2\}", r"\text{当}x", r"\begin{cases}a\\[2pt]b\end{cases}"],
)  # fmt: skip
def test_dollars_around_a_formula(tex: str) -> None:
    assert found(f"设${tex}$个") == [tex]
    assert found(f"设 $${tex}$$ 与\\[{tex}\\]") == [tex, tex]


@pytest.mark.parametrize("tex", ["x", r"\frac{5}{6}", "x_1", "a_{ij}", r"\beta"])
def test_blanks_inside_dollars_are_for_tex_beyond_doubt(tex: str) -> None:
    assert found(f"设 $ {tex} $ 个，共 $ 5 元。") == [tex]


@pytest.mark.parametrize("tex", ["0", "33", "1011_2", "p − 1", "A ∨ B", "x", "a, b", r"\lim_{n}A=一个向量"])
def test_double_dollars_within_a_sentence_stand_in_the_line(tex: str) -> None:
    inline, alone, quoted = formulas_in(
        f"- 第 $$ {tex} $$ 行\n\n$$\n{tex}\n$$\n\n> $$ {tex} $$ \n", in_markdown=True
    )
    assert [one.tex for one in (inline, alone, quoted)] == [tex] * 3
    assert [one.display for one in (inline, alone, quoted)] == [False, True, True]


def test_too_much_for_a_line_stands_on_its_own() -> None:
    rows = r"\begin{aligned}a&=b\\&=c\end{aligned}"
    assert [one.display for one in formulas_in(f"则 $${rows}$$ 而 $${'a+' * 60}b$$", in_markdown=True)] == [
        True, True,
    ]  # fmt: skip


def test_a_sentence_between_code_spans_is_still_one_line() -> None:
    body = clean(article("用 `f` $$x$$ 表示", "markdown")).body
    assert 'display="block"' not in body
    assert "<math" in body


@pytest.mark.parametrize(
    ("text", "is_display"),
    [
        ("```math\na_1\n```\n", True),
        ("> 引\n>\n> ```math\n> a_1\n> ```\n", True),
        ("- 项\n\n  ~~~math\n  a_1\n  ~~~\n", True),
        ("文 $`a_1`$ 后", False),
    ],
)
def test_formulas_written_as_code_for_github_and_gitlab(text: str, is_display: bool) -> None:
    body = clean(article(text, "markdown")).body
    assert 'alttext="a_1"' in body
    assert ('display="block"' in body) == is_display
    assert "<code" not in body


def test_code_about_mathematics_stays_code() -> None:
    body = clean(article("```mathematica\n$x$\n```\n\n`$x$` 与 ```` ```math ````\n", "markdown")).body
    assert "<math" not in body


def test_markdown_brackets_are_formulas_only_beyond_doubt() -> None:
    assert found(r"\[注\] \(见下\) \[1\]", in_markdown=True) == []
    assert found(r"\\(x\\) \[ x = 1 \]", in_markdown=True) == ["x", "x = 1"]


@pytest.mark.parametrize(
    "piece", ["$", "$$a", "\\[", "\\(", "\\\\(", "\\", "$a", "a$ ", "\\begin{align}", "{$", "$_{"]
)
@pytest.mark.timeout(20)
def test_delimiters_without_end_are_looked_at_once(piece: str) -> None:
    start = time.process_time()
    found(piece * 50_000)
    assert time.process_time() - start < 5


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["\\frac", "{", "}", "^", "_", "x", "1", "\\left(", "\\right)", "&", "\\\\",
                         "\\begin{matrix}", "\\end{matrix}", "\\sqrt", "[", "]", "中", "\\text{", "'",
                         "\\sum", "%",
                         "\n", "\\foo", " ", "<"]),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_tex_is_drawn_or_kept_as_it_is(tex: str) -> None:
    result = clean(article(f'<p>前<script type="math/tex">{tex}</script>后</p>'))
    codes = {one.code for one in result.findings}
    assert "clean-failed" not in codes
    if tex.strip("\\ \n"):
        assert ("<math" in result.body) != ('class="tex"' in result.body)
    assert clean(article(result.body)).body == result.body


@pytest.mark.parametrize(
    "tex", ["{" * 500 + "}" * 500, "x^" * 900, "\\left(" * 300, "a" * 5_000, "\\frac" * 500]
)
@pytest.mark.timeout(20)
def test_tex_without_measure_is_left_alone(tex: str) -> None:
    assert from_tex(tex, display=False) is None


def test_markdown_does_not_read_formulas() -> None:
    display = "$$\n\\begin{aligned}\na &= b \\\\\n- c\n\\end{aligned}\n$$"
    body = f"设 $a_1*b_2*c$，\n\n{display}\n\n`$x_1$` ![$y_1$](a.png)\n\n| $|x|$ |\n|--|\n"
    result = clean(article(body, "markdown"))
    assert 'alttext="a_1*b_2*c"' in result.body
    assert 'display="block"' in result.body
    assert "<mtable" in result.body
    assert "<code>$x_1$</code>" in result.body
    assert 'alt="$y_1$"' in result.body
    assert 'alttext="|x|"' in result.body
    assert result.findings == ()


def math(tex: str) -> str:
    """What a formula says, its parts beside each other; scripts behind `_` and `^`."""
    made = from_tex(tex, display=False)
    assert made is not None, tex
    return _spoken(made)


def _spoken(element: Element) -> str:
    parts = [child if isinstance(child, str) else _spoken(child) for child in element.children]
    if element.name in ("msub", "msup", "msubsup", "munder", "mover"):
        marks = {"msub": "_", "msup": "^", "msubsup": "_^", "munder": "_", "mover": "^"}[element.name]
        return parts[0] + "".join(f"{mark}({part})" for mark, part in zip(marks, parts[1:], strict=True))
    return "/".join(parts) if element.name == "mfrac" else "".join(parts)


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\ce{H2SO4}", "H_(2)SO_(4)"),
        (r"\ce{2Mg + O2 -> 2MgO}", "2Mg+O_(2)→2MgO"),
        (r"\ce{CO3^2-}", "CO_(3)^(2−)"),
        (r"\ce{K+}", "K^(+)"),
        (r"\ce{Na2CO3.10H2O}", "Na_(2)CO_(3)·10H_(2)O"),
        (r"\ce{^{14}_{6}C}", "_(6)^(14)C"),
        (r"\ce{AgNO3 + NaCl -> AgCl v + NaNO3}", "AgNO_(3)+NaCl→AgCl↓+NaNO_(3)"),
        (r"\ce{MgCO3 ->[加热] MgO + CO2 ^}", "MgCO_(3)⟶^(加热)MgO+CO_(2)↑"),
        (r"\ce{A <=>[H+] B}", "A⇌^(H^(+))B"),
        (r"\ce{CH3-CH=CH2}", "CH_(3)−CH=CH_(2)"),
        (r"\ce{[Cu(NH3)4]^{2+}}", "[Cu(NH_(3))_(4)]^(2+)"),
        (r"\ce{1/2 N2}", "1/2N_(2)"),
        (r"\ce{$n$ H2O(l)}", "nH_(2)O(l)"),
        (r"x = \ce{OH-}", "x=OH^(−)"),
    ],
)
def test_chemistry_is_read_as_chemists_write_it(tex: str, said: str) -> None:
    assert math(tex) == said


def test_chemistry_that_never_ends_is_left_as_it_is() -> None:
    assert from_tex(r"\ce{H2O", display=False) is None


@pytest.mark.parametrize(
    ("tex", "letters"),
    [
        (r"\mathbf{x}", "𝐱"),
        (r"\boldsymbol{\beta}", "𝜷"),
        (r"\mathbf{\Sigma}", "𝚺"),
        (r"\mathbf{10}", "𝟏𝟎"),
        (r"\Bbb{N}", "ℕ"),
        (r"\mathscr{F}", "ℱ"),
        (r"\mathtt{ab}", "𝚊𝚋"),
        (r"\textbf{甲}", "甲"),
    ],
)
def test_a_styled_alphabet_is_written_with_its_own_letters(tex: str, letters: str) -> None:
    made = from_tex(tex, display=False)
    assert made is not None
    assert text_of(made) == letters
    assert {node.attrs.get("mathvariant", "normal") for node in elements(made)} == {"normal"}


def test_a_variant_that_a_page_gives_to_a_part_reaches_its_letters() -> None:
    made = from_markup(
        '<math><mstyle mathvariant="bold"><mi>A</mi><mrow><mi mathvariant="italic">b</mi><mn>1</mn></mrow>'
        '</mstyle><mtext mathvariant="monospace">c</mtext></math>',
        display=False,
    )
    assert made is not None
    assert text_of(made) == "𝐀b𝟏𝚌"


def test_han_in_a_formula_are_words() -> None:
    made = from_tex(r"误差率=\frac{误差}{总数_{年末}}", display=True)
    assert made is not None
    assert [text_of(node) for node in elements(made) if node.name == "mtext"] == [
        "误差率", "误差", "总", "数", "年末",
    ]  # fmt: skip
    assert not [node for node in elements(made) if node.name == "mi"]


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\mathop{\arg\min}\limits_x f", "argmin_(x)f"),
        (r"a=b\tag{3}", "a=b(3)"),
        (r"\eqref{eq:1}", "(eq:1)"),
        (r"\R^n\isin\bbox[2px]{S}", "ℝ^(n)∈S"),
        (r"a\mathstrut\hdots", "a…"),
    ],
)
def test_what_other_renderers_know_is_read(tex: str, said: str) -> None:
    assert math(tex) == said


def shown(*formulas: str) -> list[str]:
    body = clean(article("\n\n".join(f"$${tex}$$" for tex in formulas), "markdown")).body
    return [text_of(math) for math in elements(parse(body)) if math.name == "math"]


def test_a_definition_holds_for_all_formulas_of_the_article_and_draws_nothing() -> None:
    assert shown(
        r"\def\set#1{\{#1\}}\newcommand{\R}{\mathbb{R}}",
        r"\set{x}\in\R",
        r"\newcommand\two[2]{#1+#2}\two a{\set b}",
        r"\DeclareMathOperator{\rank}{rank} \rank A",
    ) == ["{x}∈ℝ", "a+{b}", "rankA"]


def test_the_text_of_a_formula_is_what_the_author_wrote() -> None:
    body = clean(article(r"$\def\R{\mathbb{R}}\R^2$", "markdown")).body
    assert r'alttext="\def\R{\mathbb{R}}\R^2"' in body


@pytest.mark.parametrize(
    "bomb",
    [
        r"\def\a{\a\a}\a",
        "".join(rf"\def\{x}{{\{y}\{y}\{y}\{y}\{y}\{y}\{y}\{y}}}" for x, y in pairwise("abcdefghijklmnop"))
        + r"\a",
        r"\def\a{",
        r"\newcommand{\a}[9]{#1#2}\a",
    ],
)
@pytest.mark.timeout(20)
def test_macros_that_never_end_stay_as_they_are(bomb: str) -> None:
    cleaned = clean(article(f"$${bomb}$$ 后文", "markdown"))
    assert "后文" in cleaned.body
    assert len(cleaned.body) < 20_000


def test_where_there_are_many_formulas_a_name_between_dollars_is_one() -> None:
    many = "设 $a_1$、$b_2$、$c_3$、$d_4$ 与 $e_5$，节点 $node$ 与 $node_i$。"
    assert shown_in(many)[5:] == ["node", "nodei"]
    assert shown_in("变量 $node$ 与 $node_i$，公式 $a_1$。") == ["a1"]


def shown_in(text: str) -> list[str]:
    body = clean(article(text, "markdown")).body
    return [text_of(math) for math in elements(parse(body)) if math.name == "math"]


def alttexts(body: str) -> list[str]:
    return re.findall(r'alttext="([^"]*)"', clean(article(body)).body)


@pytest.mark.parametrize(
    "named", ["ztext-math", "ql-formula", "equation", "math", "math-inline", "math-display", "tex", "latex",
              "formula"],
)  # fmt: skip
@pytest.mark.parametrize("attribute", ["data-tex", "data-formula", "data-latex", "data-value", "data-math"])
def test_the_tex_of_an_element_is_read_from_each_attribute_that_editors_use(
    named: str, attribute: str
) -> None:
    assert alttexts(f'<p>设<span class="{named}" {attribute}="a_1">甲</span>个</p>') == ["a_1"]


@pytest.mark.parametrize("attribute", ["src", "data-src", "data-original", "data-actualsrc"])
@pytest.mark.parametrize(
    "address",
    [
        "https://www.zhihu.com/equation?tex=a_1",
        "https://blog.example/equation?tex=a_1",
        "https://s0.wp.com/latex.php?latex=a_1",
        "https://latex.codecogs.com/svg.latex?a_1",
        "https://latex.codecogs.com/png.latex?\\inline%20\\large%20a_1",
        "https://chart.googleapis.com/chart?cht=tx&amp;chl=a_1",
        "https://blog.example/cgi-bin/mathtex?tex=a_1",
    ],
)
def test_the_tex_of_a_picture_is_read_from_the_address_wherever_it_is_written(
    address: str, attribute: str
) -> None:
    assert alttexts(f'<p>设<img {attribute}="{address}" alt="[公式]">个</p>') == ["a_1"]
