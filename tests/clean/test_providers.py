"""One row of the table of providers, and every way of embedding knows it."""

from __future__ import annotations

import pytest

from booklet.clean import PROVIDERS, clean
from booklet.clean.providers import Provider, Query

from .articles import article


def _atlas(path: str, query: Query) -> str:
    number = query.get("film") or path.rpartition("/")[2]
    return f"https://atlas.example/films/{number}" if number.isdecimal() else ""


ATLAS = Provider(
    "图志",
    ("atlas.example",),
    _atlas,
    ids=((r"(?:no)?(\d{3})", "https://play.atlas.example/embed/{}"),),
    shortcodes=("atlas",),
    attributes=("data-atlas",),
    bare=True,
)

WAYS = {
    "frame": '<p>前</p><iframe src="{player}"></iframe>',
    "frame without a scheme": '<p>前</p><iframe data-src="{player_bare}"></iframe>',
    "frame in a paragraph": '<p>前<iframe src="{player}"></iframe></p>',
    "object": '<p>前</p><object><param name="movie" value="{player}"><embed src="{player}"></object>',
    "video element": '<p>前</p><video><source src="{player}"></video>',
    "link for a script": '<p>前</p><a class="video-link" href="{player}">看</a>',
    "address alone": "<p>前</p><p>{player}</p>",
    "attribute with an id": '<p>前</p><div {attribute}="{id}"></div>',
    "named by an attribute": '<p>前</p><div data-plyr-provider="{tag}" data-plyr-embed-id="{id}"></div>',
    "settings with an address": '<p>前</p><div data-zkinfo=\'{{"url":"{player}"}}\'></div>',
    "settings with an id": '<p>前</p><div data-zkinfo=\'{{"{key}":"{id}"}}\'></div>',
    "Liquid tag": "<p>前</p>\n\n{{% {tag} {id} %}}",
    "Liquid tag with an address": "<p>前</p>\n\n{{% {tag} {player} %}}",
    "Jekyll include": '<p>前</p>\n\n{{% include {tag}.html id="{id}" %}}',
    "Hugo shortcode": "<p>前</p>\n\n{{{{< {tag} {id} >}}}}",
    "Hugo shortcode by name": '<p>前</p>\n\n{{{{< {tag} autoplay="true" id="{id}" title="题" >}}}}',
    "WordPress embed": "<p>前</p><p>[embed]{player}[/embed]</p>",
}
"""Every way of embedding, with what each needs of a provider."""

SAMPLES = {
    "腾讯视频": (
        "https://v.qq.com/txp/iframe/player.html?vid=n3303k266me",
        "n3303k266me",
        "https://v.qq.com/x/page/n3303k266me.html",
    ),
    "哔哩哔哩": (
        "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD",
        "BV1xx411c7mD",
        "https://www.bilibili.com/video/BV1xx411c7mD",
    ),
    "YouTube": (
        "https://www.youtube.com/embed/w7Ft2ymGmfc",
        "w7Ft2ymGmfc",
        "https://www.youtube.com/watch?v=w7Ft2ymGmfc",
    ),
    "Vimeo": ("https://player.vimeo.com/video/76979871", "76979871", "https://vimeo.com/76979871"),
    "优酷": (
        "https://player.youku.com/embed/XNDA0Mjg2",
        "XNDA0Mjg2",
        "https://v.youku.com/v_show/id_XNDA0Mjg2.html",
    ),
    "图志": ("https://play.atlas.example/embed/417", "no417", "https://atlas.example/films/417"),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("way", WAYS)
def test_a_row_is_read_by_every_way_of_embedding(name: str, way: str) -> None:
    provider = next(row for row in (*PROVIDERS, ATLAS) if row.name == name)
    player, number, watch = SAMPLES[name]
    body = WAYS[way].format(
        player=player,
        player_bare=player.removeprefix("https:"),
        id=number,
        tag=provider.shortcodes[0],
        attribute=provider.attributes[0],
        key=provider.attributes[0].removeprefix("data-"),
    )
    result = clean(article(body, "markdown"), providers=(*PROVIDERS, ATLAS))
    assert [(video.provider, video.url) for video in result.videos] == [(name, watch)], result.body
    assert "前" in result.body


def test_without_its_row_a_player_is_a_link_and_said_to_be_unknown() -> None:
    result = clean(article('<p>前</p><iframe src="https://play.atlas.example/embed/417"></iframe>', "html"))
    assert not result.videos
    assert [found.code for found in result.findings] == ["embed-unknown"]


def test_an_id_that_is_none_leaves_a_link_that_shows_it() -> None:
    result = clean(article("前\n\n{% youtube 不是编号 %}", "markdown"))
    assert not result.videos
    assert "不是编号" in result.body


def test_no_two_providers_have_a_tag_or_an_attribute_in_common() -> None:
    for names in (
        [name for row in PROVIDERS for name in row.shortcodes],
        [name for row in PROVIDERS for name in row.attributes],
        [name for row in PROVIDERS for name in row.hosts],
    ):
        assert len(names) == len(set(names))


def test_tags_and_attributes_are_of_rows_that_know_ids() -> None:
    for row in PROVIDERS:
        assert bool(row.ids) == bool(row.shortcodes or row.attributes), row.name


def test_a_toutiao_video_is_watched_in_its_article_or_said_to_be_lost() -> None:
    player = (
        '<p>上</p><div class="tt-video-box" tt-videoid="v1" tt-poster="https://p.example/1.jpg">加载中</div>'
    )
    with_page = clean(article(player, url="https://www.toutiao.com/article/1/"))
    assert [(video.provider, video.url) for video in with_page.videos] == [
        ("头条视频", "https://www.toutiao.com/article/1/")
    ]
    assert [image.url for image in with_page.images] == ["https://p.example/1.jpg"]
    alone = clean(article(player))
    assert alone.videos == ()
    assert [found.code for found in alone.findings] == ["video-without-address"]
