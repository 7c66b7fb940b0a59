"""Two posts that hold everything a reading system may get wrong, and the book made of them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from booklet.cli import run

HEAD = """---
title: {title}
date: 2021-10-{day} 10:00:00
categories: [编程, 前端]
summary: 一句话的提要。
---
"""
THINGS = r"""开头一段，有 `inline code` 和[链接](https://example.org/a)，<mark>标记</mark>，<kbd>Ctrl</kbd>，H<sub>2</sub>O。

![宽图](wide.png)

![竖图](tall.png)

![小图](small.png)

| 名称 | 类型 | 默认值 | 说明 | 备注 | 版本 | 起用 | 停用 |
|---|---|---|---|---|---|---|---|
| timeout_seconds_for_connection | integer | 30 | 连接的超时时间，以秒计 | 可以为零 | 1.0 | 一月 | 十二月 |
| retries | integer | 5 | 失败以后再试几次 | 无 | 1.2 | 三月 | 无 |

| 方法 | Average | Worst case | Stable | Suitable for |
|---|---|---|---|---|
| Timsort | O(n log n) | O(n log n) | 是 | Python 的 `sorted` 与 Java 的对象数组 |
| Quicksort | O(n log n) | O(n²) | 否 | 内存紧张、不求稳定的场合 |

| 项目 | 金额 |
|---|---:|
| 教育 | 1,260 |
| 卫生 | 560 |

```python
def a_function_with_a_long_name(argument_one: int, argument_two: str, argument_three: dict[str, int]) -> None:
    return None  # 注释
```

> 引用一段话，长到需要换行，看看两边的空白是不是合适，字距有没有被拉开。
> —— 《某书》第三章，署名“常客”

https://example.org/one_very_long_address_without_any_place_to_break_it_is_longer_than_any_screen_of_a_phone

1. 第一项
2. 第二项，里面有一个列表：
   - 甲
   - 乙

<details><summary>展开看看</summary>

里面的话。

</details>

术语
: 定义在下面。
"""
NOTES = r"""脚注[^1]放在句子中间，也放在句子末尾。[^2]再写一些字，让行尾正好碰上一个注码的机会多一些[^3]，
一行一行地排下去，看看注码会不会跑到行首[^1]，这是读书人最不愿意看到的[^2]。{more}

公式 $\frac{{a+b}}{{c}}$ 在行内，$E = mc^2$ 也在行内。

$$\int_0^\infty e^{{-x^2}}\,dx = \frac{{\sqrt{{\pi}}}}{{2}}$$

<ruby>漢字<rt>かんじ</rt></ruby>和<ruby>拼<rt>pīn</rt>音<rt>yīn</rt></ruby>都能注音。

<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="一段讲清楚排版的录像"></iframe>

<iframe src="https://player.bilibili.com/player.html?bvid=BV1xx411c7mD"></iframe>

录像后面还有一段话。

[^1]: 第一条脚注，出处很长：《某书》第三章第二节，某某出版社 2019 年版，第 45—47 页。
[^2]: 第二条，有[链接](https://example.org/b)。
[^3]: 第三条。
"""
PICTURES = (("wide", (1400, 600)), ("tall", (700, 1500)), ("small", (180, 120)))


def make_book(folder: Path, theme: str, *options: str) -> Path:
    """Build the EPUB in `folder`; `options` are more of `booklet build`'s."""
    posts = folder / "posts"
    posts.mkdir()
    for name, size in PICTURES:
        Image.effect_noise(size, 40).save(posts / f"{name}.png")
    # A call after every few characters: at some width one of them would begin a line.
    more = "".join(f"再说{'一' * (n % 7 + 1)}句[^{n % 3 + 1}]，" for n in range(40))
    things = HEAD.format(title="图片、表格和代码在一篇文章里怎样共处", day=18) + THINGS
    notes = HEAD.format(title="注释、公式、录像与注音", day=19) + NOTES.format(more=more)
    (posts / "one.md").write_text(things, encoding="utf-8")
    (posts / "two.md").write_text(notes, encoding="utf-8")
    book = folder / "book.epub"
    assert run(["build", str(posts), "--offline", "-f", "epub", "-T", theme, "-o", str(book), *options]) == 0
    return book
