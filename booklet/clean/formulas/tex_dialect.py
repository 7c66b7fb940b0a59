r"""TeX as sites write it, in the words that latex2mathml knows.

MathJax, KaTeX and their extensions read more than that library: environments and commands under other names,
chemistry, numbers of equations. What is left out draws nothing: labels, an end of line at the end, packages.
"""

from __future__ import annotations

import re

from booklet.clean.formulas import chemistry

_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n")
_NOTHING = re.compile(
    r"\\(?:label|require|vspace)\s*\{[^{}]*\}|\\(?:nonumber|notag|allowbreak|mathstrut)(?![A-Za-z])|\\{2}\s*\Z"
)
_UPRIGHT = re.compile(r"\\(mathrm|mathbf)\{(.)\}")
_ALIGNED = re.compile(
    r"\\(begin|end)\{(?:align|aligned|eqnarray|flalign|split|alignat|alignedat)\*?\}(\{\d\})?"
)
_GATHERED = re.compile(r"\\(begin|end)\{(?:gather|gathered|multline)\*?\}")
_END_WITH_SCRIPT = re.compile(r"\\end\{([bpvBV]?(?:small)?matrix\*?|array)\}\s*[\^_]")
_NUMBER = re.compile(r"\s*\\tag(?=\*?\s*\{)")
_REFERENCE = re.compile(r"\\(eqref|ref)\s*\{([^{}\\]*)\}")
_OPERATOR = re.compile(r"\\mathop\s*\{((?:\\?[A-Za-z]+|\\[,;: ]|\s)+)\}(?:\s*\\limits)?")
_BOX = re.compile(r"\\bbox\s*(?:\[[^\]]*\])?|\\(?:kern|mskip|hskip)\s*-?[\d.]+\s*(?:em|mu|pt|ex|cm)")
"""What surrounds or spaces, and is no part of what is said."""
_UNITS = re.compile(r"\\pu\s*\{([^{}]*)\}")
_NAMES = {
    "hdots": r"\ldots ",
    "newline": r"\\ ",
    "lt": "<",
    "gt": ">",
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "Q": r"\mathbb{Q}",
    "C": r"\mathbb{C}",
    "and": r"\land ",
    "or": r"\lor ",
    "degree": r"{}^{\circ}",
    "infin": r"\infty ",
    "empty": r"\emptyset ",
    "exist": r"\exists ",
    "isin": r"\in ",
    "reals": r"\mathbb{R}",
    "sub": r"\subset ",
    "larr": r"\leftarrow ",
    "rarr": r"\rightarrow ",
    "sdot": r"\cdot ",
    "bull": r"\bullet ",
    "plusmn": r"\pm ",
    "argmin": r"\operatorname*{argmin}",
    "argmax": r"\operatorname*{argmax}",
}
"""Commands of MathJax and KaTeX (https://katex.org/docs/support_table), or such as are written as if
everybody had them."""
_NAME = re.compile(rf"\\({'|'.join(_NAMES)})(?![A-Za-z])")


def prepared(tex: str) -> str:
    """The same formula for `latex2mathml.converter.convert`."""
    tex = _COMMENT.sub("\n", tex).replace("%", r"\%").replace(r"\\%", r"\%")
    tex = _NOTHING.sub("", chemistry.written_out(tex.strip()))
    tex = _NAME.sub(lambda found: _NAMES[found[1]], tex)
    tex = _UNITS.sub(r"\\mathrm{\1}", _BOX.sub("", tex))
    tex = _OPERATOR.sub(lambda found: rf"\operatorname*{{{_words(found[1])}}}", tex)
    tex = _REFERENCE.sub(
        lambda found: rf"\text{{({found[2]})}}" if found[1] == "eqref" else rf"\text{{{found[2]}}}", tex
    )
    tex = _NUMBER.sub(r"\\qquad\\tag", tex)
    tex = _UPRIGHT.sub(r"\\\1 {\2}", tex)
    tex = _with_scripts_on_matrices(tex)
    tex = _ALIGNED.sub(r"\\\1{align*}", tex)
    return _GATHERED.sub(lambda found: rf"\{found[1]}{{array}}" + ("{c}" if found[1] == "begin" else ""), tex)


def _words(inner: str) -> str:
    r"""`\arg\min` as a name: `arg min`."""
    return " ".join(re.findall(r"[A-Za-z]+", inner))


def _with_scripts_on_matrices(tex: str) -> str:
    r"""`\begin{pmatrix}…\end{pmatrix}^{-1}`: the library hangs the index on the opening bracket alone."""
    position = len(tex)
    while (end := tex.rfind(r"\end{", 0, position)) >= 0:
        position = end
        found = _END_WITH_SCRIPT.match(tex, end)
        start = tex.rfind(rf"\begin{{{found[1]}}}", 0, end) if found else -1
        if found and start >= 0 and rf"\end{{{found[1]}}}" not in tex[start:end]:
            tex = f"{tex[:start]}{{{tex[start : found.end(1) + 1]}}}{tex[found.end(1) + 1 :]}"
    return tex
