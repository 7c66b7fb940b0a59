r"""What is a formula, what is money; formulas keep their TeX through everything."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.clean import clean
from booklet.clean.inline.mathml import from_tex
from booklet.clean.text.tex import formulas_in

from .articles import article


def found(text: str, *, in_markdown: bool = False) -> list[str]:
    return [formula.tex for formula in formulas_in(text, in_markdown=in_markdown)]


@pytest.mark.parametrize(
    "text",
    [
        "售价 $5 与 $10", "($5)和($10)", "$5-$10", "花了$20，又花了US$", "US$5，HK$ 6",
        "$PATH:$HOME", "echo $a_b,$c_d", "$my_var$", "$user$ 和 $name$", "${a}${b}", "$1$2",
        "$foo->bar($baz)", "$('#a').b(); $('#c')", "echo $$; kill $$", "$ x $", "a$b$c", r"\$x\$",
        "$x \\$ y$",
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
