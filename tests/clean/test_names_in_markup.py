"""What pages call things: attributes that hold pictures, classes of junk, players' settings, redirectors."""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

import re

import pytest

from booklet.clean import clean

from .articles import article

A = "https://a.example"


def each(words: str) -> list[str]:
    return words.split()


def urls(markup: str) -> list[tuple[str, ...]]:
    return [picture.candidates for picture in clean(article(f"<p>前文。</p>{markup}<p>后文。</p>")).images]


def body(markup: str) -> str:
    made = clean(article(markup)).body.replace("\n", "")
    return re.sub(r"image:[0-9a-f]{16}", "image", made)


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


JUNK = (
    "adsbygoogle google-auto-placed copy-btn code-copy-button btn-copy copybtn clipboard-x code-copy hljs-button "
    "code-toolbar__x toolbar toolbar-item opt-box support-author reward post-reward tip-jar tipjar donate donations "
    "donation admire dashang share sharebar share-box share-buttons sharelist share-link share-icon sharetool "
    "social-share sharedaddy addtoany_x a2a_kit bdsharebuttonbox bshare-x jiathis_x jp-relatedposts related-post "
    "relatedposts recommend-posts post-copyright cookie-notice cookiebanner headerlink header-anchor anchorjs-link "
    "heading-anchor anchor-link octicon-link sr-only screen-reader-text visually-hidden visuallyhidden katex-html "
    "mathjax_preview mathjax_svg mathjax_chtml mathjax mathjax_display mjx-chtml cnblogs_code_toolbar "
    "cnblogs_code_copy informations mcn-link-card quote-controls audio-player__controls player-controls "
    "progress-bar vjs-x mejs-x plyr plyr__x aimg_tip attach_tips pstatus blog_extension recommend-box "
    "recommend-item-box blog-tags-box article-copyright hide-article-box new-meta-box editsection mw-editsection "
    "navbox noprint wp-block-button wp-block-buttons subscription-form"
)


@pytest.mark.parametrize("name", each(JUNK))
def test_parts_of_the_page_go_by_their_class(name: str) -> None:
    assert (
        body(f'<p>前文。</p><div class="a {name}">点这里</div><p>后文。</p>') == "<p>前文。</p><p>后文。</p>"
    )
    assert "点这里" in body(f'<p>前文。</p><div class="a x{name}x1">点这里</div><p>后文。</p>')


@pytest.mark.parametrize(
    "name",
    each(
        "google_ads_1 ad-slot ad_slot-2 div-gpt-ad-3 recommend_bottom article_bottom share-box sharebar comments comment-4"
    ),
)
def test_parts_of_the_page_go_by_their_id(name: str) -> None:
    assert body(f'<p>前文。</p><div id="{name}">点这里</div><p>后文。</p>') == "<p>前文。</p><p>后文。</p>"


@pytest.mark.parametrize("name", each("button menu progress meter"))
def test_controls_go(name: str) -> None:
    assert (
        body(f"<p>前文。</p><div>另一段文字。<{name}>点这里</{name}></div>")
        == "<p>前文。</p><p>另一段文字。</p>"
    )


PIXELS = (
    "www.google-analytics.com ad.doubleclick.net hm.baidu.com s4.cnzz.com js.users.51.la b.scorecardresearch.com "
    "pixel.wp.com stats.wp.com feedsportal.com feedburner.google.com"
)


@pytest.mark.parametrize("host", each(PIXELS))
def test_counters_are_no_pictures(host: str) -> None:
    assert urls(f'<img src="https://{host}/b?x=1">') == []
    assert urls(f'<img src="https://{host}.a.example/b.jpg">') != []


@pytest.mark.parametrize(
    "size",
    [
        'width="1" height="1"',
        'width="0" height="0"',
        'width="2px" height="1px"',
        'style="width:1px;height:1px"',
    ],
)
def test_dots_are_no_pictures(size: str) -> None:
    assert urls(f'<img {size} src="{A}/a.jpg">') == []


def watched(markup: str, *, url: str = "") -> list[tuple[str, str, str]]:
    videos = clean(article(f"<p>前文。</p>{markup}<p>后文。</p>", url=url)).videos
    return [(video.provider, video.title, video.url) for video in videos]


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
