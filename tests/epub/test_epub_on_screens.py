"""A book's pages in Chromium as phones and e-readers show them, light and dark: all seen, all readable."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from booklet.cli import run
from tests.ace import Ace, find_ace
from tests.conftest import absent

SCRIPT = Path(__file__).with_name("screens.cjs")
MODULES = Path(__file__).parents[2] / ".setup/ace/node_modules"
TIME_LIMIT_S = 240
HEAD = "---\ntitle: {title}\ndate: 2021-10-18 10:00:00\ncategories: [编程, 前端]\nsummary: 提要。\n---\n"
POST = r"""开头一段，有 `inline code` 和[链接](https://example.org/a)，<mark>标记</mark>，<kbd>Ctrl</kbd>。

![宽图](wide.png)

![竖图](tall.png)

![小图](small.png)

| 名称 | 类型 | 默认值 | 说明 | 备注 | 版本 | 起用 | 停用 |
|---|---|---|---|---|---|---|---|
| timeout_seconds_for_connection | integer | 30 | 连接的超时时间，以秒计 | 可以为零 | 1.0 | 一月 | 十二月 |

```python
def a_function_with_a_long_name(argument_one: int, argument_two: str, argument_three: dict[str, int]) -> None:
    return None  # 注释
```

> 引用一段话。

https://example.org/one_very_long_address_without_any_place_to_break_it_is_longer_than_any_screen_of_a_phone

脚注[^1]，公式 $\frac{a+b}{c}$。

$$\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}$$

<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>

[^1]: 第一条脚注，出处很长：《某书》。
"""


def unpacked_book(folder: Path, theme: str) -> Path:
    """The book's content folder."""
    posts = folder / "posts"
    posts.mkdir()
    for name, size in (("wide", (1400, 600)), ("tall", (700, 1500)), ("small", (180, 120))):
        Image.effect_noise(size, 40).save(posts / f"{name}.png")
    (posts / "one.md").write_text(HEAD.format(title="一篇什么都有的文章") + POST, encoding="utf-8")
    (posts / "two.md").write_text(HEAD.format(title="另一篇") + "正文。\n", encoding="utf-8")
    book = folder / "book.epub"
    assert run(["build", str(posts), "--offline", "-f", "epub", "-T", theme, "-o", str(book)]) == 0
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder / "book")
    return folder / "book/EPUB"


def faults(ace: Ace, pages: list[Path], scratch: Path) -> list[dict[str, object]]:
    """The looks, two screens by two lights a page, that found something."""
    shown = subprocess.run(
        [ace.node, str(SCRIPT), str(MODULES), ace.browser, str(scratch), "-", *map(str, pages)],
        capture_output=True,
        timeout=TIME_LIMIT_S,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr.decode(errors="replace")[-2000:]
    looks = [json.loads(line) for line in shown.stdout.decode().splitlines()]
    assert len(looks) == 4 * len(pages)
    return [look for look in looks if look["faults"]]


@pytest.fixture(scope="module")
def browser() -> Ace:
    ace = find_ace()
    if ace is None or not (MODULES / "puppeteer-core").is_dir():
        absent("no Chromium, no Node, or no puppeteer (.ci/setup-system test)")
    return ace


@pytest.mark.tools
@pytest.mark.parametrize("theme", ["study", "plain"])
def test_every_page_fits_and_can_be_read(
    theme: str, browser: Ace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pages = sorted(unpacked_book(tmp_path, theme).glob("*.xhtml"))
    assert len(pages) >= 5
    assert faults(browser, pages, tmp_path / "profile") == []


@pytest.mark.tools
def test_the_look_finds_what_does_not_fit(browser: Ace, tmp_path: Path) -> None:
    page = tmp_path / "bad.xhtml"
    page.write_text(
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
        '<p style="width: 900px">wide</p><p style="color: #222; background: #333">dark</p></body></html>',
        encoding="utf-8",
    )
    found = faults(browser, [page], tmp_path / "profile")
    assert len(found) == 4
    said = json.dumps(found)
    assert all(word in said for word in ("sideways", "outside the screen: p", "unreadable: p"))
