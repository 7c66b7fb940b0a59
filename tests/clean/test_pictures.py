"""Pictures: what markup offers becomes candidates, best first; decoration is told from content."""

# ruff: noqa: E501 - one case, one line
from __future__ import annotations

import re

import pytest

from booklet.clean import clean

from .articles import article

A = "https://a.example"


def urls(markup: str) -> list[tuple[str, ...]]:
    return [picture.candidates for picture in clean(article(markup)).images]


def shown(markup: str) -> str:
    result = clean(article(markup))
    names = {f"image:{picture.key}": picture.url.rpartition("/")[2] for picture in result.images}
    return re.sub(r"image:[0-9a-f]{16}", lambda found: names[found[0]], result.body)


@pytest.mark.parametrize(
    ("markup", "candidates"),
    [
        (f'<img srcset="{A}/a.jpg 4000w, {A}/b.jpg 2048w, {A}/c.jpg 640w">', "b a c"),
        (f'<img src="{A}/c.jpg" srcset="{A}/b.jpg, {A}/a.jpg 2x">', "a b c"),
        (f'<img srcset="{A}/w_300,f_auto/c.jpg 300w,{A}/w_900,f_auto/a.jpg 900w">', "a c"),
        (f'<img src="{A}/c.jpg" data-srcset="{A}/a.jpg 1024w">', "a c"),
        (f'<img src="{A}/loading.gif" data-original="{A}/a.jpg">', "a"),
        (f'<img src="{A}/c.jpg" zoomfile="{A}/a.jpg" file="{A}/b.jpg">', "a b c"),
        (f'<img src="data:image/gif;base64,R0lGOD" ess-data="{A}/a.jpg">', "a"),
        (f'<img src="{A}/blank.gif" data-anything="{A}/a.jpg" data-thumb="{A}/t.jpg">', "a"),
        (f'<img src="{A}/a.jpg" data-url="/post/1" data-original="true" data-file="7">', "a"),
        (f'<img src="{A}/b.jpg" data-attrs="{{&quot;src&quot;:&quot;{A}/c.jpg&quot;}}">', "b c"),
        (f'<amp-img src="{A}/a.jpg" width="600" height="400"></amp-img>', "a"),
    ],
)
def test_attributes_are_read_best_first(markup: str, candidates: str) -> None:
    names = [re.sub(r".*/(\w)\.jpg$", r"\1", address) for found in urls(markup) for address in found]
    assert names == [name for name in candidates.split() if name != "/"]


@pytest.mark.parametrize(
    ("sources", "candidates"),
    [
        (f'<source srcset="{A}/a.jpg 1600w, {A}/b.jpg 800w">', "a b z"),
        (f'<source type="image/avif" srcset="{A}/a.avif"><source type="image/webp" srcset="{A}/a.webp">', "z a a"),
        (f'<source media="(prefers-color-scheme: dark)" srcset="{A}/d.jpg">', "z"),
        (f'<source media="(max-width: 600px)" srcset="{A}/n.jpg"><source media="(min-width: 601px)" srcset="{A}/w.jpg">', "w z n"),
        (f'<source type="image/jxl" srcset="{A}/a.jxl"><source type="video/mp4" src="{A}/a.mp4">', "z"),
        (f'<source type="image/webp" data-srcset="{A}/a.webp 1200w">', "a z"),
    ],
)  # fmt: skip
def test_picture_elements_offer_what_shows_most_first(sources: str, candidates: str) -> None:
    (found,) = urls(f'<picture>{sources}<img src="{A}/z.jpg"></picture>')
    assert [re.sub(r".*/(\w)\.\w+$", r"\1", address) for address in found] == candidates.split()


@pytest.mark.parametrize(
    "markup",
    [
        f'<img class="lazy" src="{A}/loading.gif"><noscript><img src="{A}/a.jpg"></noscript>',
        f'<noscript>&lt;img src="{A}/a.jpg"&gt;</noscript><img src="data:image/gif;base64,R0lGOD">',
        f'<div class="w"><div><img data-src="{A}/a.jpg"></div></div><noscript><img src="{A}/a.jpg"></noscript>',
        f'<p><img src="{A}/a.jpg"></p><noscript><p><img src="{A}/a.jpg"></p></noscript>',
        f'<div class="placeholder"></div><noscript>&lt;img src="{A}/a.jpg" alt=""&gt;</noscript>',
        f'<figure><img src="{A}/a.jpg"><noscript>&lt;img height="1" width="1" src="{A}/t.jpg"&gt;</noscript></figure>',
    ],
)
def test_noscript_twins_are_one_picture(markup: str) -> None:
    assert urls(markup) == [(f"{A}/a.jpg",)]


@pytest.mark.parametrize(
    ("href", "first"),
    [
        (f"{A}/big.jpg", f"{A}/big.jpg"),
        (f"{A}/wp-content/uploads/2021/10/photo-1", f"{A}/wp-content/uploads/2021/10/photo-1"),
        (f"{A}/file/0a1b2c3d4e5f.png", f"{A}/file/0a1b2c3d4e5f.png"),
        (f"{A}/viewer?img=https%3A%2F%2Fp.example%2Fbig.png", "https://p.example/big.png"),
        ("https://github.com/me/it/blob/main/docs/big.png", "https://github.com/me/it/raw/main/docs/big.png"),
        ("https://zh.wikipedia.org/wiki/File:Big.jpg", f"{A}/s.jpg"),
        ("https://zh.wikipedia.org/wiki/%E6%96%87%E4%BB%B6:Big.jpg", f"{A}/s.jpg"),
        (f"{A}/post/1.html", f"{A}/s.jpg"),
    ],
)
def test_links_around_pictures_lead_to_the_larger(href: str, first: str) -> None:
    ((found, *_),) = urls(f'<a href="{href}"><img src="{A}/s.jpg"></a>')
    assert found == first


def test_a_box_that_is_nothing_but_its_background_is_a_picture() -> None:
    assert urls(f"<div style=\"background: #eee url('{A}/a.jpg') no-repeat center\"></div>") == [
        (f"{A}/a.jpg",)
    ]
    assert urls(f'<div class="lazy" data-bg="{A}/a.jpg"></div>') == [(f"{A}/a.jpg",)]
    assert urls(f'<div style="background-image:url({A}/a.jpg)"><p>文字</p></div>') == []
    assert urls(f'<div style="background:url({A}/tile.png) repeat-x"></div>') == []
    assert urls(f'<span style="background:url({A}/a.png);width:16px;height:16px"></span>') == []
    assert urls(f'<div style="background:url({A}/x.png) 0 0;background-position:-20px 0"></div>') == []


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        ('<img class="emoji" alt="😀" src="https://s.w.org/images/core/emoji/13/svg/1f600.svg">', "😀"),
        ('<img src="https://s.w.org/images/core/emoji/13/svg/1f468-200d-1f4bb.svg" class="wp-smiley">', "👨‍💻"),
        ('<img src="https://twemoji.maxcdn.com/v/13/72x72/1f1e8-1f1f3.png">', "🇨🇳"),
        ('<img alt="✅" src="https://a.example/x.png" width="20">', "✅"),
        ('<img alt="[微笑]" src="https://a.example/x.png" width="20" height="20">', "[微笑]"),
        ('<img class="bq_emoji" alt="微笑" src="https://a.example/x.png">', "[微笑]"),
        ('<img title="[doge]" src="https://face.t.sinajs.cn/t4/appstyle/expression/ext/normal/b6/doge.png">', "[doge]"),
        ('<img class="emoji" alt=":smile:" src="https://github.githubassets.com/images/icons/emoji/unicode/1f604.png?v8">', "😄"),
        ('<img class="emoji" alt=":octocat:" src="https://github.githubassets.com/images/icons/emoji/octocat.png">', ":octocat:"),
        ('<img class="icon" src="https://a.example/x.png" width="16" height="16">', ""),
        ('<img src="https://a.example/static/image/filetype/zip.gif" width="16" height="16">', ""),
        ('<img src="https://a.example/favicon.ico">', ""),
        ('<img src="https://a.example/spacer.gif">', ""),
        ('<img src="https://a.example/count?id=1" width="1" height="1">', ""),
    ],
)  # fmt: skip
def test_emoji_become_characters_and_icons_go(picture: str, text: str) -> None:
    assert shown(f"<p>今天{picture}很好。</p>") == f"<p>今天{text}很好。</p>"


def test_what_is_small_and_says_something_stays_in_its_line() -> None:
    assert shown(f'<p>此字作<img src="{A}/c.png" width="18" height="18">，见本草。</p>') == (
        '<p>此字作<img alt="" class="inline-picture" src="c.png"/>，见本草。</p>'
    )
    assert shown(f'<p>贴吧<img class="BDE_Smiley" src="{A}/image_emoticon25.png">的表情。</p>') == (
        '<p>贴吧<img alt="" class="inline-picture" src="image_emoticon25.png"/>的表情。</p>'
    )


def test_formulas_that_are_pictures_say_how_far_they_go_down() -> None:
    style = "vertical-align:-6px;width:120px;height:20px"
    assert shown(f'<p>令<img src="{A}/f.png" style="{style}">为真。</p>') == (
        '<p>令<img alt="" class="inline-formula down-38" src="f.png"/>为真。</p>'
    )
    assert shown(f'<p>设<img class="latex" src="{A}/f.png">。</p>') == (
        '<p>设<img alt="" class="inline-formula" src="f.png"/>。</p>'
    )


def test_thumbnails_that_lead_to_the_picture_are_no_marks() -> None:
    markup = f'<p>见图：<a href="{A}/big.jpg"><img src="{A}/t.jpg" width="60" height="60"></a></p>'
    assert "inline-picture" not in shown(markup)
    assert [image.width_hint for image in clean(article(markup)).images] == [None]


def test_a_photograph_of_a_class_named_after_mathematics_is_no_formula() -> None:
    assert "inline-formula" not in shown(f'<p><img class="math-lesson" src="{A}/a.jpg"></p>')
    assert "inline-formula" not in shown(
        f'<p><img class="math" src="{A}/a.jpg" width="800" height="600"></p>'
    )


def test_ornaments_become_rules_and_large_pictures_of_the_same_names_stay() -> None:
    assert (
        shown(f'<p>上。</p><p><img src="{A}/divider.png"></p><p>下。</p>')
        == "<p>上。</p>\n<hr/>\n<p>下。</p>"
    )
    assert "<hr/>" in shown(
        f'<p>上。</p><p><img src="{A}/q.gif" data-ratio="0.02" data-w="1080"></p><p>下。</p>'
    )
    assert "face.jpg" in shown(f'<p><img src="{A}/face/face.jpg" alt="人脸识别" width="600"></p>')
    assert "icons.png" in shown(f'<p><img src="{A}/icons.png" alt="图标一览" width="800"></p>')
