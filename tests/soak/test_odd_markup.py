"""Markup of all the odd kinds that web pages hold, from the file to the EPUB: both tools find nothing.

Each oddity is an article of its own, so that a fault names its kind.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from booklet.check import examine
from booklet.cli import run
from tests.ace import Ace

pytestmark = [pytest.mark.soak, pytest.mark.tools, pytest.mark.timeout(1800)]

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
LINES = Path(__file__).with_name("odd_markup.txt").read_text(encoding="utf-8").splitlines()
"""One kind a line, `name: markup`; `{DOT}` is a picture of one pixel."""
ODDITIES = {
    **{line.partition(": ")[0]: line.partition(": ")[2].replace("{DOT}", DOT) for line in LINES},
    "headings through parts": "".join(
        f"<h{2 + n % 5}>题{n}</h{2 + n % 5}><p>{'字' * 3000}</p>" for n in range(60)
    ),
    "wide code": f"<pre><code>{'x' * 500}</code></pre><pre>a<p>b</p></pre>",
}


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "posts").mkdir()
    for number, (title, markup) in enumerate(ODDITIES.items()):
        head = f"---\ntitle: {title}\ndate: 2026-01-{number % 28 + 1:02}\nlang: zh-CN\n---\n"
        path = tmp_path / "posts" / f"{number:02}.html"
        path.write_text(f"{head}<p>正文开始。</p>{markup}<p>正文结束。</p>", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("profile", ["default", "kindle", "kobo"])
def test_both_tools_find_nothing(posts: Path, profile: str, java: str, ace: Ace) -> None:
    assert run(["build", "posts", "-f", "epub", "--offline", "--quiet", "--epub-profile", profile]) == 0
    (book,) = (posts / "build").rglob("*.epub")
    assert [dict(found.params) for found in examine(book).findings] == []
    assert [named(one, book) for one in ace.violations(book, posts / "ace")] == []


def named(violation: str, book: Path) -> str:
    """The violation with the title of its page."""
    with zipfile.ZipFile(book) as archive:
        page = archive.read(f"EPUB/{violation.rsplit(maxsplit=1)[-1]}").decode()
    title = re.search("<title>(.*?)</title>", page)
    return f"{violation} ({title[1] if title else ''})"
