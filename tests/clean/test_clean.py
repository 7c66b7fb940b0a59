"""What `clean` promises beside the body: pictures, the lead, videos, headings, findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booklet.clean import STEPS, Row, clean
from booklet.clean.draft import Draft
from booklet.clean.players import recognise

from .articles import article


def test_candidates_are_best_first_and_relative_ones_are_also_resolved() -> None:
    body = (
        '<a href="//a.example/full.jpg"><img src="a/s.jpg" data-src="b.jpg" srcset="w1.jpg 100w, w2.jpg 900w"'
        ' width="300" alt="桥"></a>'
    )
    picture = clean(article(body, url="https://blog.example/2021/p/")).images[0]
    assert picture.candidates == (
        "https://a.example/full.jpg",
        "w2.jpg",
        "w1.jpg",
        "b.jpg",
        "a/s.jpg",
        "https://blog.example/2021/p/w2.jpg",
        "https://blog.example/2021/p/w1.jpg",
        "https://blog.example/2021/p/b.jpg",
    )
    assert (picture.alt, picture.width_hint, picture.url) == ("桥", 300, "https://a.example/full.jpg")


def test_equal_pictures_share_a_key_and_equal_paths_in_other_folders_do_not() -> None:
    body = '<img src="https://a.example/1.jpg"><p>字</p><img src="https://a.example/1.jpg">'
    assert len(clean(article(body)).images) == 1
    local = article('<img src="1.jpg">')
    elsewhere = replace(local, source="other/a.md")
    assert clean(local).images[0].key != clean(elsewhere).images[0].key


@pytest.mark.parametrize(
    ("cover", "shown"),
    [
        ("https://a.example/1.jpg", "https://a.example/1.jpg"),
        ("https://cors.example/?http://a.example/1.jpg", "https://a.example/1.jpg"),
        ("http://a.example/0123456789ab_1024.jpg", "https://a.example/0123456789ab_640.jpg"),
    ],
    ids=["same", "through a proxy", "another size"],
)
def test_the_lead_picture_is_not_shown_twice(cover: str, shown: str) -> None:
    cleaned = clean(article(f'<p>字</p><img src="{shown}">', cover=cover))
    assert cleaned.lead is None
    assert cleaned.images[0].candidates[0] == shown
    assert cover in cleaned.images[0].candidates  # a last way to the picture


def test_a_lead_picture_that_the_body_lacks_is_given() -> None:
    lead = clean(article("<p>字</p>", cover="//a.example/1.jpg")).lead
    assert lead is not None
    assert lead.candidates == ("https://a.example/1.jpg",)
    assert clean(article("<p>字</p>", cover="https://picsum.photos/400/300?random=1")).lead is None


@pytest.mark.parametrize(
    ("player", "watch"),
    [
        (
            "https://v.qq.com/iframe/player.html?vid=n3303k266me&auto=0",
            "https://v.qq.com/x/page/n3303k266me.html",
        ),
        (
            "https://v.qq.com/txp/iframe/player.html?vid=n3303k266me",
            "https://v.qq.com/x/page/n3303k266me.html",
        ),
        ("https://v.qq.com/x/cover/mzc0/n3303k266me.html", "https://v.qq.com/x/page/n3303k266me.html"),
        (
            "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&page=3",
            "https://www.bilibili.com/video/BV1xx411c7mD?p=3",
        ),
        (  # the first part is what the address shows anyway
            "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&page=1",
            "https://www.bilibili.com/video/BV1xx411c7mD",
        ),
        ("https://player.bilibili.com/player.html?aid=170001", "https://www.bilibili.com/video/av170001"),
        (
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://player.youku.com/embed/XNDk0MTI3==", "https://v.youku.com/v_show/id_XNDk0MTI3==.html"),
        ("https://www.ixigua.com/iframe/6880000000000000001", "https://www.ixigua.com/6880000000000000001"),
        ("https://weibo.com/tv/show/1034:4692812345678", "https://weibo.com/tv/show/1034:4692812345678"),
        ("https://tv.sohu.com/s/sohuplayer/iplay.html?bid=123456789", "https://tv.sohu.com/v/123456789.html"),
        (
            "https://music.163.com/outchain/player?type=2&id=28949444",
            "https://music.163.com/#/song?id=28949444",
        ),
        (
            "https://www.ximalaya.com/thirdparty/player/sound/player.html?trackId=99",
            "https://www.ximalaya.com/sound/99",
        ),
        ("https://player.vimeo.com/video/76979871", "https://vimeo.com/76979871"),
        ("https://platform.twitter.com/embed/Tweet.html?id=20", "https://x.com/i/status/20"),
        (
            "http://static.hdslb.com/miniloader.swf?aid=170001&page=2",
            "https://www.bilibili.com/video/av170001?p=2",
        ),
        (
            "http://player.youku.com/player.php/sid/XNDk0MTI3Ng==/v.swf",
            "https://v.youku.com/v_show/id_XNDk0MTI3Ng==.html",
        ),
        (
            "http://imgcache.qq.com/tencentvideo_v1/playerv3/TPout.swf?max_age=86400&vid=n3303k266me",
            "https://v.qq.com/x/page/n3303k266me.html",
        ),
        (
            "http://share.vrs.sohu.com/my/v.swf&topBar=1&id=81234567&autoplay=false",
            "https://tv.sohu.com/v/81234567.html",
        ),
        (
            "http://player.video.qiyi.com/0123456789abcdef0123456789abcdef/0/0/w_19rrabcd.swf-albumId=1-tvId=2",
            "https://www.iqiyi.com/w_19rrabcd.html",
        ),
        (
            "http://music.163.com/style/swf/widget.swf?sid=28949444&type=2",
            "https://music.163.com/#/song?id=28949444",
        ),
        ("http://www.ximalaya.com/swf/sound/red.swf?id=99", "https://www.ximalaya.com/sound/99"),
        (
            "https://video.weibo.com/show?fid=1034:4692812345678",
            "https://weibo.com/tv/show/1034:4692812345678",
        ),
        ("https://www.toutiao.com/video/6880000000000000001/", "https://www.ixigua.com/6880000000000000001"),
        ("https://www.acfun.cn/player/ac4621380", "https://www.acfun.cn/v/ac4621380"),
    ],
)
def test_players_lead_to_a_page_that_a_person_can_open(player: str, watch: str) -> None:
    found = recognise(player)
    assert found is not None
    assert found[1] == watch


def test_videos_are_numbered_as_they_stand_and_titles_kept() -> None:
    body = (
        '<p>甲</p><iframe src="//www.youtube.com/embed/dQw4w9WgXcQ" title="第一段"></iframe>'
        '<div><video src="https://a.example/b.mp4"></video></div>'
    )
    result = clean(article(body))
    assert [(video.title, video.url) for video in result.videos] == [
        ("第一段", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("", "https://a.example/b.mp4"),
    ]
    assert result.body.index('data-video="0"') < result.body.index('data-video="1"')


def test_headings_are_listed_with_their_anchors_and_links_follow() -> None:
    result = clean(article('<h1 id="甲">甲</h1><h3>乙</h3><p><a href="#甲">上</a></p>'))
    assert [(heading.level, heading.text, heading.anchor) for heading in result.headings] == [
        (2, "甲", "h-1"),
        (3, "乙", "h-2"),
    ]
    assert '<a href="#h-1">上</a>' in result.body


def test_a_title_that_was_shortened_is_said_in_full_by_the_text_once() -> None:
    full = "水渠修好了。全村人都来看。"
    one = replace(article("<p>水渠修好了。</p><p>好。</p>", title="水渠修好了"), full_title=full)
    assert clean(one).body.startswith(f"<p>{full}</p>")
    assert clean(replace(one, body=f"<p>{full}然后。</p>")).body == f"<p>{full}然后。</p>"


def test_the_title_is_not_repeated() -> None:
    assert "<h2" not in clean(article("<h1>题目</h1><p>正文</p>")).body


def test_text_is_counted_without_spaces() -> None:
    assert clean(article("<p>一 二\n<b>ab</b></p>")).text_chars == 4


def test_a_body_without_anything_is_a_finding() -> None:
    assert [found.code for found in clean(article("<p> </p>")).findings] == ["body-empty"]


def test_html_saved_as_markdown_is_read_as_html() -> None:
    body = "<div>   \n<p>甲</p>\n\n                <p>乙</p>\n</div>\n"
    assert clean(article(body, "markdown")).body == "<p>甲</p>\n<p>乙</p>"


def test_a_step_that_fails_leaves_the_plain_text_and_a_finding() -> None:
    def broken(_draft: Draft) -> None:
        raise ValueError("broken on purpose")

    result = clean(article("<p>甲</p><p>乙</p>"), steps=(Row(STEPS[0].name, broken), *STEPS[1:]))
    assert [found.code for found in result.findings] == ["clean-failed"]
    assert result.body == "<p>甲</p>\n<p>乙</p>"


@pytest.mark.parametrize("mark", ["> ", "- ", ">", "1. "])
def test_markdown_nested_without_sense_keeps_its_text(mark: str) -> None:
    assert "最里面" in clean(article(mark * 500 + "最里面", "markdown")).body


def test_the_same_bare_picture_name_in_two_posts_is_two_pictures() -> None:
    """Hexo's asset folders: each post has its own `x.png`; a path from the site's root is one picture."""
    one = article("<p>文</p><img src='x.png'><img src='/y.png'>")
    first, second = (
        {ref.url: ref.key for ref in clean(post).images} for post in (one, replace(one, source="other.md"))
    )
    assert first["x.png"] != second["x.png"]
    assert first["/y.png"] == second["/y.png"]


def test_what_was_dropped_is_said_with_its_reason() -> None:
    text = "说明文字，一句接一句。" * 8
    body = (
        f"<p>{text * 5}</p><p>点击上方蓝字关注我们</p><p>赞赏</p>"
        f'<div class="related-posts">{text}</div><p style="display:none">{text}</p>'
    )
    found = {one.code: dict(one.params) for one in clean(article(body)).findings}
    assert found == {
        "lines-dropped": {"count": 2, "lines": "点击上方蓝字关注我们、赞赏"},
        "block-dropped": {"name": "related-posts", "chars": len(text)},
        "tag-dropped": {"tag": "p", "count": 1},
    }


@pytest.mark.parametrize("around", ["{}", "<div>{}</div>", "<p>文字</p>{}<p>文字</p>"])
@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_each_hidden_part_is_counted_once(hidden: int, around: str) -> None:
    text = "说明文字，一句接一句。" * 8
    part = f'<section style="display: none">{text}</section>'
    body = f"<p>{text * 9}</p>" + around.format(part * hidden)
    found = [dict(one.params) for one in clean(article(body)).findings]
    assert found == [{"tag": "section", "count": hidden}]


def test_a_players_still_picture_stands_before_its_card() -> None:
    result = clean(
        article(
            '<video poster="https://a.example/p.jpg" title="开场"><source src="https://a.example/v.mp4"></video>'
        )
    )
    assert [image.url for image in result.images] == ["https://a.example/p.jpg"]
    assert result.body.index("<img") < result.body.index("data-video")
    assert [(video.title, video.url) for video in result.videos] == [("开场", "https://a.example/v.mp4")]


@pytest.mark.parametrize(
    ("settings", "watch"),
    [
        (
            '{"type":"video","url":"https:\\/\\/v.qq.com\\/x\\/page\\/n3303k266me.html"}',
            "https://v.qq.com/x/page/n3303k266me.html",
        ),
        ('{"cover":"http://a.example/c.jpg","video_url":"http://a.example/v.mp4"}', "http://a.example/v.mp4"),
        ('{"bvid":"BV1xx411c7mD"}', "https://www.bilibili.com/video/BV1xx411c7mD"),
    ],
)
def test_players_that_a_script_fills_in_are_read_from_its_settings(settings: str, watch: str) -> None:
    body = f"<p>文</p><div class='v' data-zkinfo='{settings}'></div>"
    assert [video.url for video in clean(article(body)).videos] == [watch]
