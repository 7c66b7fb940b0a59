"""Every tag of Hexo, Jekyll and Hugo that stands for something becomes it; none shows through."""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

import re
from html import unescape

import pytest

from booklet.clean import clean

from .articles import article


def each(words: str) -> list[str]:
    return words.split()


def body(text: str) -> str:
    """The cleaned body on one line; pictures are named `image`."""
    made = clean(article(text, "markdown")).body
    return re.sub(r"image:[0-9a-f]{16}", "image", made).replace("\n", "")


@pytest.mark.parametrize("tag", each("asset_img img image fancybox"))
def test_pictures_by_path_and_words(tag: str) -> None:
    assert (
        body(f"前\n\n{{% {tag} left /a/渠.jpg 600 400px 老渠 %}}\n\n后").count(
            '<img alt="老渠" src="image"/>'
        )
        == 1
    )


@pytest.mark.parametrize("tag", each("figure image img"))
@pytest.mark.parametrize("name", each("src url image_path"))
def test_hugos_pictures_by_names(tag: str, name: str) -> None:
    found = body(f'前\n\n{{{{< {tag} {name}="/a/b.jpg" title="渠" caption="首" alt="老渠" >}}}}\n\n后')
    assert re.sub(' id="[^"]*"', "", found) == (
        '<p>前</p><figure><img alt="老渠" src="image"/><figcaption>渠 首</figcaption></figure><p>后</p>'
    )


PLAYERS = {
    "youtube dQw4w9WgXcQ": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "youtube id=dQw4w9WgXcQ": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "vimeo 76979871": "https://vimeo.com/76979871",
    "vimeo src=76979871": "https://vimeo.com/76979871",
    "youku XNDk0MTI3==": "https://v.youku.com/v_show/id_XNDk0MTI3==.html",
    "bilibili BV1xx411c7mD": "https://www.bilibili.com/video/BV1xx411c7mD",
    "bvideo BV1xx411c7mD": "https://www.bilibili.com/video/BV1xx411c7mD",
    "bilibili av170001": "https://www.bilibili.com/video/av170001",
    "bilibili 170001": "https://www.bilibili.com/video/av170001",
    "bilibili id=BV1xx411c7mD": "https://www.bilibili.com/video/BV1xx411c7mD",
    "tweet 20": "https://x.com/i/status/20",
    "twitter 20": "https://x.com/i/status/20",
    'meting "28949444" "netease" "song"': "https://music.163.com/#/song?id=28949444",
    'meting "28949444" "netease" "album"': "https://music.163.com/#/album?id=28949444",
    'meting "28949444" "netease" "playlist"': "https://music.163.com/#/playlist?id=28949444",
    'meting "28949444" "netease"': "https://music.163.com/#/song?id=28949444",
    'include youtube.html id="dQw4w9WgXcQ"': "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    **{
        f'{tag} "url=https://v.example/a.{ending}"': f"https://v.example/a.{ending}"
        for tag in each("iframe video audio dplayer aplayer mp3 mp4")
        for ending in each("mp4 mp3")
    },
}


@pytest.mark.parametrize(("tag", "watch"), PLAYERS.items(), ids=list(PLAYERS))
def test_players_become_videos(tag: str, watch: str) -> None:
    assert [video.url for video in clean(article(f"前\n\n{{% {tag} %}}\n\n后", "markdown")).videos] == [watch]


def test_a_player_keeps_its_title_and_one_of_another_shop_is_not_guessed() -> None:
    (video,) = clean(article('前\n\n{{< youtube id="dQw4w9WgXcQ" title="修渠" >}}\n\n后', "markdown")).videos
    assert video.title == "修渠"
    assert clean(article('前\n\n{% meting "1234567" "tencent" "song" %}\n\n后', "markdown")).videos == ()


QUOTES = "blockquote quote pullquote cq centerquote note notice admonition tip alert"


@pytest.mark.parametrize("tag", QUOTES.split())
def test_quotations_and_notes(tag: str) -> None:
    assert body(f"前\n\n{{% {tag} %}}\n一句话。\n{{% end{tag} %}}\n\n后") == (
        "<p>前</p><blockquote><p>一句话。</p></blockquote><p>后</p>"
    )
    assert body(f"前\n\n{{{{< {tag} >}}}}\n一句话。\n{{{{< /{tag} >}}}}\n\n后") == (
        "<p>前</p><blockquote><p>一句话。</p></blockquote><p>后</p>"
    )


@pytest.mark.parametrize("tag", ["folding", "fold", "tab"])
def test_what_folds_has_its_title_as_a_heading(tag: str) -> None:
    for colour in ("open", "close", "cyan", "blue", "green", "red", "yellow"):
        assert body(f"前文。\n\n{{% {tag} {colour}, 点开 %}}\n\n后文。") == (
            '<p>前文。</p><h2 id="h-1">点开</h2><p>后文。</p>'
        )


@pytest.mark.parametrize(
    "tag", ["hideToggle 点开,#fff", "hideBlock 点开,red", "details summary=点开", "details title=点开"]
)
def test_what_hides_is_open_in_a_booklet(tag: str) -> None:
    end = tag.partition(" ")[0]
    assert body(f"前\n\n{{% {tag} %}}\n藏着的话。\n{{% end{end} %}}\n\n后") == (
        "<p>前</p><details><summary>点开</summary><p>藏着的话。</p></details><p>后</p>"
    )


TEXTS = {
    **{f"{tag} red, 字": "字" for tag in each("span label psw p")},
    **{f"{tag} red, 字": f"<{tag}>字</{tag}>" for tag in each("u del kbd mark sub sup")},
    "emp red, 字": "<em>字</em>",
    "wavy red, 字": "<u>字</u>",
    "label primary @字": "字",
    "hideInline 字,x": "字",
    "checkbox checked, 字": "☑ 字",
    "checkbox 字": "☐ 字",
    "radio checked, 字": "☑ 字",
    "radio 字": "☐ 字",
    "post_link other 另一篇": "另一篇",
    "post_link other": "other",
    "asset_link 表.pdf 全部数据": "全部数据",
    "asset_link 表.pdf": "表.pdf",
    "asset_path 表.pdf": "",
    "unknown_tag 字": "字",
}


@pytest.mark.parametrize(("tag", "words"), TEXTS.items(), ids=list(TEXTS))
def test_marked_words_stay_words(tag: str, words: str) -> None:
    assert body(f"前{{% {tag} %}}后") == f"<p>前{words}后</p>"


@pytest.mark.parametrize("tag", ["link", "btn", "button"])
def test_links(tag: str) -> None:
    assert body(f"前{{% {tag} https://a.example/x, 去看, fa-home %}}后") == (
        '<p>前<a href="https://a.example/x">去看</a>后</p>'
    )


def test_files_and_snippets_are_links() -> None:
    assert (
        body("见 {% pdf https://a.example/f/s.pdf %}。")
        == '<p>见 <a href="https://a.example/f/s.pdf">s.pdf</a>。</p>'
    )
    for tag in ("gist user 0a1b", "gist user/0a1b"):
        assert 'href="https://gist.github.com/user/0a1b"' in body(f"见 {{% {tag} %}}。")


@pytest.mark.parametrize("name", ["figure", "fig.html", "img", "image.html", "picture", "photo", "pic"])
def test_jekylls_includes_of_pictures(name: str) -> None:
    assert "<figcaption>渠首</figcaption>" in body(
        f'前\n\n{{% include {name} src="/a/b.jpg" caption="渠首" %}}\n\n后'
    )
    assert body(f"前\n\n{{% include {name} %}}\n\n后") == "<p>前</p><p>后</p>"


@pytest.mark.parametrize("tag", ["codeblock", "code", "highlight"])
def test_listings_keep_their_language(tag: str) -> None:
    for language in ("lang:python", "language=python", "python") if tag != "codeblock" else ("lang:python",):
        made = body(f"前\n\n{{% {tag} {language} %}}\nx = 1 < 2\n{{% end{tag} %}}\n\n后")
        assert '<code class="language-python">' in made
        assert "&lt;" in made


@pytest.mark.parametrize("tag", ["raw", "verbatim"])
def test_what_is_to_stand_as_it_is_stands(tag: str) -> None:
    assert body(f"前{{% {tag} %}}**粗**{{% end{tag} %}}后") == "<p>前<strong>粗</strong>后</p>"


WORDPRESS = "vc_row et_pb_text fusion_x dropcap row column one_half one_third clear divider spacer contact-form-7 wpcode ad ads adrotate crayon su_note"


@pytest.mark.parametrize("tag", WORDPRESS.split())
def test_wordpress_leaves_no_tag_of_its_builders(tag: str) -> None:
    assert body(f'前[{tag} a="1"]字[/{tag}]后') == "<p>前字后</p>"


def test_words_in_brackets_stay() -> None:
    assert unescape(body("前[rows]后[1]")) == "<p>前[rows]后[1]</p>"
