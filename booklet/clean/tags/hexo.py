"""Hexo's tags, and those of its themes: what a reader of the site sees of each.

Of Hexo itself (https://hexo.io/docs/tag-plugins), NexT (https://theme-next.js.org/docs/tag-plugins/),
Butterfly (https://butterfly.js.org/posts/4aa8abbe/), Fluid (https://hexo.fluid-dev.com/docs/guide/), Volantis
(https://volantis.js.org/v6/tag-plugins/), Stellar (https://xaoxuu.com/wiki/stellar/), Icarus, Matery.
Where two themes give a tag other arguments, their words tell which is meant.
"""

from __future__ import annotations

from booklet.clean.tags.common import (
    around,
    drawing,
    file_link,
    gist,
    in_line,
    media_file,
    music,
    nothing,
    repository,
    told,
)
from booklet.clean.tags.forms import (
    text,
)
from booklet.clean.tags.hexo_blocks import (
    bare_quotation,
    codeblock,
    folding,
    friends,
    hidden,
    include_code,
    link_grid,
    note,
    poem,
    quoted,
    tabs,
    timeline,
    timenode,
)
from booklet.clean.tags.hexo_lines import (
    asset_link,
    bubble,
    checkbox,
    elsewhere,
    group_picture,
    hidden_in_line,
    inline_picture,
    linked,
    pictured,
    post_link,
    reference,
    site,
    worded,
)
from booklet.clean.tags.tag import Writer

ROWS: dict[str, Writer] = {
    **dict.fromkeys(("asset_img", "img", "image", "fancybox", "imgcaption"), pictured),
    **dict.fromkeys(("inlineimg", "inlineimage"), inline_picture),
    "gallerygroup": group_picture,
    **dict.fromkeys(("iframe", "video", "audio", "dplayer", "mp3", "mp4"), media_file),
    **dict.fromkeys(("aplayer", "meting"), music),
    **dict.fromkeys(("link", "btn", "button", "linkcard", "hashtag"), linked),
    **dict.fromkeys(("blockquote", "quote"), quoted),
    **dict.fromkeys(("pullquote", "cq", "centerquote", "centerquote_fluid"), bare_quotation),
    **dict.fromkeys(
        (
            "note",
            "subnote",
            "noteblock",
            "notice",
            "admonition",
            "tip",
            "alert",
            "message",
            "box",
            "callout",
            "ablock",
        ),
        note,
    ),
    **dict.fromkeys(("folding", "fold", "details", "spoiler", "collapse", "tab"), folding),
    **dict.fromkeys(("hidetoggle", "hideblock"), hidden),
    "hideinline": hidden_in_line,
    **dict.fromkeys(("tabs", "subtabs", "subsubtabs"), tabs),
    "timeline": timeline,
    "folders": timeline,
    "timenode": timenode,
    **dict.fromkeys(("codeblock", "code", "highlight"), codeblock),
    "include_code": include_code,
    "include-code": include_code,
    **dict.fromkeys(("span", "label", "psw", "p", "badge", "quot", "textcolor", "blur"), worded()),
    "u": worded("u"),
    "wavy": worded("u"),
    "emp": worded("em"),
    "del": worded("del"),
    "kbd": worded("kbd"),
    "mark": worded("mark"),
    "sub": worded("sub"),
    "sup": worded("sup"),
    "copy": worded("code"),
    **dict.fromkeys(("checkbox", "radio", "cb"), checkbox),
    "bubble": bubble,
    **dict.fromkeys(("referto", "referfrom"), reference),
    "site": site,
    "linkgrid": link_grid,
    "lg": link_grid,
    "flink": friends,
    "poetry": poem,
    "mermaid": drawing("mermaid"),
    "chartjs": drawing("json"),
    "score": drawing("abc"),
    "wavedrom": drawing("json"),
    "graphviz": drawing("dot"),
    "plantuml": drawing("plantuml"),
    "echarts": drawing("json"),
    "gist": gist,
    **dict.fromkeys(("ghcard", "ghrepo"), repository("https://github.com", "repo", "user")),
    "jsfiddle": elsewhere("https://jsfiddle.net/{0}/"),
    "codepen": elsewhere("https://codepen.io/{0}/pen/{1}", words=2),
    "caniuse": elsewhere("https://caniuse.com/{0}"),
    "can": elsewhere("https://caniuse.com/{0}"),
    "pdf": file_link,
    "asset_link": asset_link,
    "post_link": post_link,
    **dict.fromkeys(("asset_path", "post_path", "url_for", "full_url_for"), nothing),
    **dict.fromkeys(
        (
            *(
                "gallery",
                "gp",
                "grouppicture",
                "gi",
                "groupimage",
                "grid",
                "swiper",
                "banner",
                "cardlist",
                "linkgroup",
            ),
            *(
                "chat",
                "sitegroup",
                "btns",
                "videos",
                "audios",
                "split",
                "cell",
                "border",
                "p",
                "raw_html",
                "center",
                "columns",
            ),
        ),
        around,
    ),
    **dict.fromkeys(("icon", "emoji", "iconfont", "navbar", "toc", "more", "icons", "psn", "clear"), nothing),
    **dict.fromkeys(
        ("series", "friends", "sites", "albums", "posters", "issues", "users"), lambda tag: told(tag, "")
    ),
    "asciinema": elsewhere("https://asciinema.org/a/{0}"),
    "include_raw": lambda tag: told(tag, text(" ".join(tag.plain))),
    "color": in_line("span"),
}
"""By name in lower case; what a tag without a row becomes says `common.unknown`."""
ROWS["p"] = worded()

VERBATIM = frozenset(
    (
        "codeblock",
        "code",
        "highlight",
        "mermaid",
        "chartjs",
        "score",
        "wavedrom",
        "graphviz",
        "plantuml",
        "echarts",
        "flink",
        "linkgrid",
        "lg",
    )
)
"""Tags whose content is no text of the article's."""
