"""Copies of the installed WeasyPrint and pydyf, altered on disk, as a release to come may be.

`python -m tests.pdf.engine.altered` builds a small booklet with each and prints a table in Markdown.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pikepdf

from booklet.render.pdf.engine.library import sources
from booklet.render.pdf.engine.library.table import CHUNKS, ROWS

Kind = Literal["body", "signature", "renamed", "gone"]
KINDS: tuple[Kind, ...] = ("body", "signature", "renamed", "gone")
PACKAGES = ("weasyprint", "pydyf")
_SUFFIX = "_altered"


def copied(folder: Path) -> Path:
    """A copy of the installed library in a new folder, to be put first on the path."""
    for package in PACKAGES:
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        home = Path(spec.origin).parent
        shutil.copytree(home, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def file_of(folder: Path, place: str) -> Path:
    """The file in a copy that holds a place of the table."""
    parts = place.partition(":")[0].split(".")
    path = folder.joinpath(*parts).with_suffix(".py")
    return path if path.is_file() else folder.joinpath(*parts, "__init__.py")


@contextmanager
def changed(folder: Path, place: str, kind: Kind) -> Iterator[None]:
    """Alter one thing of the table in a copy while the block runs."""
    path = file_of(folder, place)
    before = {path: path.read_text(encoding="utf-8")}
    name = place.partition(":")[2]
    path.write_text(altered(before[path], name, kind), encoding="utf-8")
    if kind == "renamed" and is_distinct(name):
        word = re.compile(rf"\b{name}\b")
        for other in sorted(folder.rglob("*.py")):
            text = other.read_text(encoding="utf-8")
            if word.search(text):
                before.setdefault(other, text)
                other.write_text(word.sub(name + _SUFFIX, text), encoding="utf-8")
    try:
        yield
    finally:
        for one, text in before.items():
            one.write_text(text, encoding="utf-8")


def is_distinct(name: str) -> bool:
    """Whether a name means the same everywhere: a function of a module, with more than one word."""
    return "_" in name.strip("_") and "." not in name and not name.startswith((sources.C_NAME, "'"))


def altered(source: str, name: str, kind: Kind) -> str:
    """A module in which one thing is another: what is no function has a different source only, or is gone."""
    if name.startswith(sources.C_NAME):
        return _with_other_c(source, name.removeprefix(sources.C_NAME), kind)
    if name.startswith(sources.LOGGED):
        text = name.removeprefix(sources.LOGGED)
        return source.replace(text, "Altered" if kind in ("renamed", "gone") else f"{text} (altered)")
    tree = ast.parse(source)
    holder: ast.AST = tree
    *classes, last = name.split(".")
    for one in classes:
        holder = next(node for node in sources._bound(holder, one) if isinstance(node, ast.ClassDef))
    for node in [*sources._bound(holder, last)]:
        source = _replaced(source, node, last, kind)
    return source


def _with_other_c(source: str, name: str, kind: Kind) -> str:
    other = f"{name}{_SUFFIX}" if kind in ("renamed", "gone") else f"{name} /* altered */"
    return re.sub(rf"\b{name}\b(?=\s*[(;=])", other, source)


def _other(node: Any, name: str, kind: Kind) -> str:
    if kind == "gone":
        return "pass"
    if isinstance(node, ast.ImportFrom):
        rest = ", ".join(alias.name for alias in node.names if (alias.asname or alias.name) != name)
        start = f"from {'.' * node.level}{node.module or ''} import "
        own = f"{name} as {name + _SUFFIX * (kind == 'renamed')}"
        return start + (f"{own}, {rest}" if rest else own)
    if isinstance(node, ast.Assign):
        given = ast.unparse(node.value)
        return f"{name}{_SUFFIX if kind == 'renamed' else ''} = [{given}][0]"
    if kind == "renamed":
        node.name += _SUFFIX
    elif isinstance(node, ast.ClassDef):
        node.decorator_list.append(ast.parse("(lambda same: same)", mode="eval").body)
    elif kind == "body":
        node.body.insert(0, ast.parse("booklet_altered = 0").body[0])
    else:
        node.args.kwonlyargs.append(ast.arg("booklet_altered"))
        node.args.kw_defaults.append(ast.Constant(None))
    return ast.unparse(ast.fix_missing_locations(node))


def _replaced(source: str, node: Any, name: str, kind: Kind) -> str:
    lines = [f"{line}\n" for line in source.split("\n")]  # not at the other ends of lines, which are in texts
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]) - 1
    last, indent = node.end_lineno, " " * node.col_offset
    body = "".join(indent + line + "\n" for line in _other(node, name, kind).split("\n"))
    blank = "\n" * (last - first - body.count("\n"))  # the lines behind stay where they were
    return "".join([*lines[:first], body, blank, *lines[last:]])


def raised(folder: Path, version: str) -> None:
    """Give a copy another version."""
    path = folder / "weasyprint/__init__.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"__version__ = '[^']+'", f"__version__ = '{version}'", text), encoding="utf-8")


ARTICLE = """---
title: {title}
date: 2021-10-1{day} 08:00:00
---
会议提出，Python 3.11 与 WeasyPrint 的版面各有长短，要把“基层治理”的经验写成材料（共 1,234 份）。[^1]

```python
def plan(week: int) -> str:

    return f"{{week:02d}}"
```

## 二、做法

{text}

[^1]: 脚注在呼号所在的页。
"""
TEXT = "第一段说明背景与目标，“引号”、（括号），以及 getElementById(address) 这样的词，都要排齐。" * 6


def written_articles(folder: Path, count: int = 2) -> Path:
    """A few short articles."""
    folder.mkdir(parents=True)
    for index in range(count):
        text = ARTICLE.format(title=f"第 {index + 1} 篇：怎样开会", day=index % 9, text=f"{TEXT}\n\n" * 4)
        (folder / f"{index:03}.md").write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    code: int
    epub: bool
    pdf: bytes
    """The file; empty: there is none."""
    findings: tuple[dict[str, Any], ...]
    articles: tuple[dict[str, Any], ...]

    def said(self, code: str) -> list[str]:
        """The sentences of findings of a code."""
        return [found["message"] for found in self.findings if found["code"] == code]


def built(library: Path | None, articles: Path, out: Path) -> Built:
    """Build with a copy of the library, or with the installed one."""
    here = Path(__file__).parents[3]
    paths = [*([str(library)] if library else []), str(here)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(out / "cache"),
        "BOOKLET_LANG": "en",
    }
    made = subprocess.run(
        [
            *(sys.executable, "-m", "booklet", "build", str(articles), "-f", "epub", "-f", "pdf"),
            *("--paper", "a5", "--output-dir", str(out), "--json", "--force", "--offline"),
        ],
        capture_output=True,
        text=True,
        env=environment,
        cwd=out.parent,
        check=False,
    )
    report = json.loads(made.stdout)
    pdf = next(iter(out.rglob("*.pdf")), None)
    return Built(
        made.returncode,
        any(out.rglob("*.epub")),
        pdf.read_bytes() if pdf else b"",
        tuple(report["findings"]),
        tuple(report.get("articles", ())),
    )


def pages(data: bytes) -> str:
    """Stands for a PDF without what names the release that wrote it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        del pdf.docinfo
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        target = BytesIO()
        pdf.save(target, static_id=True)
    return sha256(target.getvalue()).hexdigest()


FIRST_ROWS = {name: row.place for row in reversed(ROWS) for name in row.groups}
"""A row of each group, the one that concerns the fewest others."""
FIRST_ROWS |= {row.groups[0]: row.place for row in reversed(ROWS) if len(row.groups) == 1}


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home:
        folder = copied(Path(home) / "library")
        articles = written_articles(Path(home) / "articles")
        stock = pages(built(None, articles, Path(home) / "stock").pdf)
        sys.stdout.write("| altered | exit | EPUB | PDF | said |\n|---|---|---|---|---|\n")
        for version in ("70.1", "71.0"):
            raised(folder, version)
            _tell(f"version {version}", built(folder, articles, Path(home) / version), stock)
        raised(folder, "70.0")
        many = written_articles(Path(home) / "many", 52)
        with changed(folder, FIRST_ROWS[CHUNKS], "body"):
            made = built(folder, many, Path(home) / "long")
        _tell(f"`{FIRST_ROWS[CHUNKS]}`: body, 52 articles", made, "")
        for place in dict.fromkeys(FIRST_ROWS.values()):
            for kind in KINDS:
                with changed(folder, place, kind):
                    _tell(f"`{place}`: {kind}", built(folder, articles, Path(home) / kind), stock)
                shutil.rmtree(Path(home) / kind)


def _tell(what: str, made: Built, stock: str) -> None:
    same = "none" if not made.pdf else "the same pages" if pages(made.pdf) == stock else "other pages"
    said = "; ".join(found["message"] for found in made.findings if found["level"] in ("warning", "error"))
    sys.stdout.write(f"| {what} | {made.code} | {'yes' if made.epub else 'NO'} | {same} | {said} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
