"""What pages call things: players and their settings, advertisers' frames, redirectors."""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

import pytest

from booklet.clean import clean

from .articles import article
from .markup_words import A, body, each, urls, watched


@pytest.mark.parametrize("ending", each("mp4 m4v webm mov flv m3u8 ogv mp3 m4a ogg wav aac flac"))
def test_files_that_play_are_videos_and_sounds(ending: str) -> None:
    address = f"{A}/x/1.{ending}"
    sound = ending in each("mp3 m4a ogg wav aac flac")
    result = clean(article(f'<p>前文。</p><iframe src="{address}?x=1"></iframe><p>后文。</p>'))
    assert [(video.provider, video.url) for video in result.videos] == [
        ("音频 a.example" if sound else "a.example", f"{address}?x=1")
    ]
    assert result.findings == ()


@pytest.mark.parametrize(
    "name",
    each(
        "src data-src data-original data-lazy-src data-url data-video-src data-video-url data-mp4 data-mpvid data"
    ),
)
def test_players_hold_their_address_in_many_attributes(name: str) -> None:
    element = "object" if name == "data" else "iframe"
    assert watched(f'<{element} {name}="//youtu.be/dQw4w9WgXcQ"></{element}>')[0][2] == (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    )


IDS = "data-vid data-mpvid data-bvid data-youtube data-youtube-id"


@pytest.mark.parametrize("name", each(IDS))
def test_players_that_a_script_fills_are_known_by_their_id(name: str) -> None:
    value = {"data-vid": "n3303k266me", "data-mpvid": "n3303k266me", "data-bvid": "BV1xx411c7mD"}.get(
        name, "dQw4w9WgXcQ"
    )
    assert value in watched(f'<div {name}="{value}"></div>')[0][2]


HOLDERS = "data-zkinfo data-info data-config data-video data-setup data-options data-media"


@pytest.mark.parametrize("name", each(HOLDERS))
def test_settings_of_players_are_read(name: str) -> None:
    settings = '{"title":"修渠","vid":"n3303k266me","cover":"https:\\/\\/a.example\\/still.jpg"}'.replace(
        '"', "&quot;"
    )
    found = watched(f'<div data-vid="" {name}="{settings}"></div>')
    assert found == [("腾讯视频", "修渠", "https://v.qq.com/x/page/n3303k266me.html")]
    assert urls(f'<div data-vid="" {name}="{settings}"></div>') == [(f"{A}/still.jpg",)]


@pytest.mark.parametrize("name", each("poster data-poster data-cover data-thumb"))
def test_the_still_of_a_player_is_a_picture(name: str) -> None:
    assert urls(f'<video src="{A}/1.mp4" {name}="{A}/still.jpg"></video>') == [(f"{A}/still.jpg",)]


@pytest.mark.parametrize("name", each("title data-title data-name"))
def test_a_video_has_the_title_that_the_markup_gives(name: str) -> None:
    assert watched(f'<iframe src="//youtu.be/dQw4w9WgXcQ" {name}="修渠"></iframe>')[0][1] == "修渠"


@pytest.mark.parametrize(
    "title",
    ["YouTube video player", "video player", "player", "iframe", "Embedded content", "bilibili player"],
)
def test_a_title_that_says_player_is_none(title: str) -> None:
    assert watched(f'<iframe src="//youtu.be/dQw4w9WgXcQ" title="{title}"></iframe>')[0][1] == ""


ADS = (
    "//ad.doubleclick.net/x //pagead2.googlesyndication.com/x //x.adsystem.example/x //a.example/ads/x //a.example/ad/x "
    "//adservice.example/x //pos.baidu.com/x //www.googletagmanager.com/ns //www.google.com/recaptcha/x "
    "//x.disqus.com/x //www.facebook.com/plugins/like"
)


@pytest.mark.parametrize("address", each(ADS))
def test_frames_of_advertisers_go(address: str) -> None:
    assert (
        body(f'<p>前文。</p><iframe src="{address}"></iframe><p>后文。</p>') == "<p>前文。</p><p>后文。</p>"
    )


@pytest.mark.parametrize(
    "hidden", ['width="0"', 'width="1"', 'style="position:absolute; clip: rect(0,0,0,0)"']
)
def test_frames_that_nobody_sees_go(hidden: str) -> None:
    assert watched(f'<iframe {hidden} src="//youtu.be/dQw4w9WgXcQ"></iframe>') == []


def test_wechats_own_voices_and_videos_lead_to_the_page_that_plays_them() -> None:
    page = "https://mp.weixin.qq.com/s/abc"
    voice = '<section data-voice="1" data-vid="" name="渠水声" src="/cgi/voice"></section>'
    frame = (
        '<iframe src="https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&vid=wxv_1"></iframe>'
    )
    assert watched(frame, url=page) == [("微信视频", "", page)]
    assert watched(voice.replace("section", "iframe"), url=page) == [("微信音频", "渠水声", page)]


REDIRECTORS = (
    "link.zhihu.com/?target=",
    "link.juejin.cn/?target=",
    "link.csdn.net/?target=",
    "link.jianshu.com/?t=",
    "www.jianshu.com/go-wild?url=",
    "www.oschina.net/action/GoToLink?url=",
    "my.oschina.net/action/GoToLink?url=",
    "jump.bdimg.com/?url=",
    "www.douban.com/link2/?url=",
    "sspai.com/link?target=",
    "www.google.com/url?url=",
    "www.google.com/url?q=",
    "l.facebook.com/l.php?u=",
    "www.youtube.com/redirect?q=",
    "steamcommunity.com/linkfilter/?url=",
    "gitee.com/link?target=",
    "developers.weixin.qq.com/redirect?url=",
    "cloud.tencent.com/link?target=",
    "xie.infoq.cn/link?target=",
    "links.jianshu.com/go?to=",
    "weibo.cn/sinaurl?u=",
    "out.reddit.com/?url=",
)


@pytest.mark.parametrize("redirector", REDIRECTORS)
def test_redirectors_are_unwrapped(redirector: str) -> None:
    assert 'href="https://b.example/x?y=1"' in body(
        f'<p>见<a href="https://{redirector}https%3A%2F%2Fb.example%2Fx%3Fy%3D1&from=a">这里</a></p>'
    )


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("www.b.example/x", "https://www.b.example/x"),
        ("b.com", "https://b.com"),
        *((f"b-1.{end}/x", f"https://b-1.{end}/x") for end in each("com cn org net io gov.cn edu.cn")),
        ("//b.example/x", "https://b.example/x"),
        ("https://b.example/a b", "https://b.example/a%20b"),
        ("https://b.example/100%", "https://b.example/100%25"),
        ("https://b.example/a[1]", "https://b.example/a%5B1%5D"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("  https://b.example/\n\tx ", "https://b.example/x"),
    ],
)
def test_addresses_are_made_usable(href: str, leads_to: str) -> None:
    assert f'href="{leads_to}"' in body(f'<p>见<a href="{href}">这里</a></p>')


@pytest.mark.parametrize(
    "href",
    ["a.html", "/x", "javascript:x()", "ftp://b.example/", "https://", "mailto:a", "#", "tel:1", "b.html"],
)
def test_addresses_that_lead_nowhere_are_words(href: str) -> None:
    assert body(f'<p>见<a href="{href}">这里</a></p>') == "<p>见这里</p>"
