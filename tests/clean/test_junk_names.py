"""What pages call things: classes of junk, controls, counting pixels."""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

import pytest

from .markup_words import A, body, each, urls

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
