"""What pages call things: attributes that hold pictures, placeholders, emoji, ornaments, formulas."""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

import pytest

from booklet.clean import clean

from .articles import article
from .markup_words import A, body, each, urls

LAZY = (
    "data-src data-actualsrc data-lazy-src data-lazyload data-lazy data-lazysrc data-real-src data-realsrc "
    "data-echo data-url data-image-src data-canonical-src data-defer-src data-ks-lazyload data-backsrc "
    "data-backup-src data-imgurl data-img data-image data-ll-src data-cfsrc data-ezsrc data-wpfc-original-src "
    "data-pagespeed-lazy-src data-pagespeed-high-res-src data-lazyload-src data-delay-src data-load-src "
    "data-flickity-lazyload data-s-src data-file ess-data nitro-lazy-src lazy-src lazysrc loadsrc real_src _src "
    "file data-gif-url"
)


@pytest.mark.parametrize("name", each(LAZY))
def test_a_picture_that_a_script_would_load_is_found(name: str) -> None:
    assert urls(f'<img src="{A}/loading.gif" {name}="{A}/large/42">') == [(f"{A}/large/42",)]


@pytest.mark.parametrize("name", each("data-url data-file data-image data-img file"))
def test_names_of_many_uses_must_look_like_a_picture_beside_one_that_shows(name: str) -> None:
    assert urls(f'<img src="{A}/a.jpg" {name}="{A}/posts/42">') == [(f"{A}/a.jpg",)]
    assert f"{A}/b.jpg" in urls(f'<img src="{A}/a.jpg" {name}="{A}/b.jpg">')[0]


@pytest.mark.parametrize("name", each("srcset data-srcset data-lazy-srcset data-original-set lazy-srcset"))
def test_sets_of_pictures_have_many_names(name: str) -> None:
    (found,) = urls(f'<img src="{A}/loading.gif" {name}="{A}/a.jpg 1200w, {A}/b.jpg 600w">')
    assert found == (f"{A}/a.jpg", f"{A}/b.jpg")


PLACEHOLDERS = (
    "loading.gif lazyload.png lazy.svg blank.gif spacer.gif placeholder.png placeholder-2.jpg transparent.png "
    "img_loading.gif pic-placeholder.webp grey.gif gray.png white.gif none.png load.gif clear.gif pixel.gif dot.gif "
    "1x1.png s.gif"
)


@pytest.mark.parametrize("name", each(PLACEHOLDERS))
def test_placeholders_give_way_to_the_picture(name: str) -> None:
    assert urls(f'<img src="{A}/x/{name}" data-anything="{A}/a.jpg">') == [(f"{A}/a.jpg",)]


@pytest.mark.parametrize(
    "name", each("blank.gif spacer.gif transparent.png pixel.gif 1x1.png clear.gif dot.gif")
)
def test_a_placeholder_that_shows_nothing_is_no_picture(name: str) -> None:
    assert urls(f'<img src="{A}/x/{name}">') == []


BACKGROUNDS = "data-bg data-background data-background-image data-bg-src data-lazy-background data-bgset"


@pytest.mark.parametrize("name", each(BACKGROUNDS))
def test_a_background_is_a_picture(name: str) -> None:
    assert urls(f'<div {name}="{A}/a.jpg"></div>') == [(f"{A}/a.jpg",)]


def test_a_tiled_background_is_decoration() -> None:
    style = f"background-image: url({A}/a.jpg)"
    assert urls(f'<div style="{style}"></div>') == [(f"{A}/a.jpg",)]
    for more in ("background-repeat: repeat-x", "background: repeat", "background-position: -20px 0"):
        assert urls(f'<div style="{style}; {more}"></div>') == []


NO_WORDS = (
    "image img picture 图片 圖片 插图 在这里插入图片描述 请输入图片描述 图片描述 输入图片说明 image.png a.jpg b.jpeg c.gif "
    "d.webp e.bmp 0123456789abcdef01234"
)


@pytest.mark.parametrize("alt", each(NO_WORDS))
def test_what_editors_write_as_a_description_describes_nothing(alt: str) -> None:
    (picture,) = clean(article(f'<p>前。</p><img src="{A}/a.jpg" alt="{alt}"><p>后。</p>')).images
    assert picture.alt == ""


@pytest.mark.parametrize("alt", ["复制代码", "複製代碼", "copy code", "avatar", "头像", "二维码关注", "logo"])
def test_pictures_of_the_page_go(alt: str) -> None:
    kept = body(f'<p>前。</p><img src="{A}/a.jpg" alt="渠首"><p>后。</p>')
    assert "<img" in kept
    assert "<img" not in body(f'<p>前。</p><img src="{A}/a.jpg" alt="{alt}" width="40"><p>后。</p>')


EMOJI = "emoji emoticon smiley smilie wp-smiley face bq_emoji emot bde_smiley expression emotion"


@pytest.mark.parametrize("name", each(EMOJI))
def test_emoji_that_are_pictures_are_their_names(name: str) -> None:
    assert body(f'<p>好<img class="{name}" src="{A}/x/1.gif" alt="笑">！</p>') == "<p>好[笑]！</p>"


EMOJI_PATHS = "emoticons emoticon emojis emoji smilies smileys face faces expressions emotions twemoji emotes emote bq qzone/em noto-emoji"


@pytest.mark.parametrize("folder", each(EMOJI_PATHS))
def test_emoji_are_known_by_their_folder(folder: str) -> None:
    assert body(f'<p>好<img src="{A}/{folder}/1.gif" alt="笑">！</p>') == "<p>好[笑]！</p>"


@pytest.mark.parametrize("name", each("1f600.png emoji_1f600.png u1f600.svg 1f600@2x.png"))
def test_emoji_are_known_by_their_number(name: str) -> None:
    assert body(f'<p>好<img src="{A}/emoji/{name}">！</p>') == "<p>好😀！</p>"


ORNAMENTS = "divider dividers separator split-line splitter fengexian fgx hr rule 分割线 分隔线 分割線 分隔線"


@pytest.mark.parametrize("name", each(ORNAMENTS))
def test_ornaments_become_a_rule(name: str) -> None:
    assert body(f'<p>前。</p><p><img src="{A}/x/{name}.png"></p><p>后。</p>') == "<p>前。</p><hr/><p>后。</p>"


@pytest.mark.parametrize(
    "name", each("icon icons iconfont glyphicon favicon spacer tracking-pixel my-icon icon-home")
)
def test_icons_go(name: str) -> None:
    assert body(f'<p>前<img class="{name}" width="16" height="16" src="{A}/x/a.png">后</p>') == "<p>前后</p>"
    assert "<img" in body(f'<p>前<img class="{name}" width="600" height="400" src="{A}/x/a.png">后</p>')


@pytest.mark.parametrize("name", each("icon icons sprite arrow bullets button btn"))
def test_icons_are_known_by_their_path(name: str) -> None:
    for path in (f"{name}.gif", f"{name}-left.png", f"{name}/a.svg", f"{name}_1.png"):
        assert body(f'<p>前<img width="16" height="16" src="{A}/x/{path}">后</p>') == "<p>前后</p>", path


@pytest.mark.parametrize(
    "name",
    each(
        "latex tex equation formula math mathml eqn mwe-math-fallback ee_img eeimg tr_noresize ql-inline-equation"
    ),
)
def test_formulas_that_are_pictures_stand_in_their_line(name: str) -> None:
    assert 'class="inline-formula"' in body(f'<p>设<img class="{name}" src="{A}/x/1" alt="x^2">为</p>')


@pytest.mark.parametrize(("unit", "down"), [("px", 25), ("pt", 33), ("ex", 200), ("em", 300), ("rem", 300)])
def test_a_formula_that_stands_lower_keeps_its_depth(unit: str, down: int) -> None:
    style = f"vertical-align: -4{unit}"
    assert f'class="inline-formula down-{down}"' in body(
        f'<p>设<img style="{style}" src="{A}/x/1" alt="x">为</p>'
    )
