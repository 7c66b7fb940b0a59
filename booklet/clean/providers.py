"""The table of players' providers: whose player it is, and where its video can be watched.

Every way of embedding reads these rows (`players`): frames, bare addresses, data attributes, shortcodes.
A rule turns the address of a player, as the provider's "embed" dialogue writes it, into the address of a page
that a person can open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

Query = dict[str, str]
Watch = Callable[[str, Query], str]
"""Path and query of the player's address → watch address, or empty."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider."""

    name: str
    """For a person."""
    hosts: tuple[str, ...]
    """That its players and pages are on; sub-domains too."""
    watch: Watch
    ids: tuple[tuple[str, str], ...] = ()
    """What an id alone looks like, as a pattern, and the address it stands for, with `{}` for the pattern's
    group 1, or all that it matches. The first that fits."""
    shortcodes: tuple[str, ...] = ()
    """Tags of site generators that mean this provider, in lower case; they are given an id or an address."""
    attributes: tuple[str, ...] = ()
    """Attributes of an element that a script makes a player of; their value is an id."""
    bare: bool = False
    """An address alone in a paragraph is its player, as in WordPress; else it stays a link."""


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""


def _tencent(path: str, query: Query) -> str:
    video = query.get("vid") or _first(r"/(?:page|cover/\w+)/(\w{6,})(?:\.html)?", path)
    video = video or _first(r"/TPout\.swf.*?vid=(\w+)", path)
    if re.fullmatch(r"\w{6,20}", video):
        return f"https://v.qq.com/x/page/{video}.html"
    return f"https://v.qq.com{path}" if path.startswith("/x/cover/") else ""


def _bilibili(path: str, query: Query) -> str:
    part = query.get("page") or query.get("p") or ""
    suffix = f"?p={part}" if part.isdecimal() and part != "1" else ""
    video = query.get("bvid") or _first(r"(BV\w{10})", path)
    if re.fullmatch(r"BV\w{8,12}", video):
        return f"https://www.bilibili.com/video/{video}{suffix}"
    number = query.get("aid") or _first(r"/av(\d+)", path)
    if number.isdecimal():
        return f"https://www.bilibili.com/video/av{number}{suffix}"
    episode = query.get("episodeId") or _first(r"/ep(\d+)", path)
    if episode.isdecimal():
        return f"https://www.bilibili.com/bangumi/play/ep{episode}"
    room = _first(r"^/(?:blanc/)?(\d+)$", path) or query.get("cid", "")
    return f"https://live.bilibili.com/{room}" if room.isdecimal() and "aid" not in query else ""


def _youtube(path: str, query: Query) -> str:
    video = query.get("v") or _first(r"/(?:embed|v|shorts|live)/([\w-]{6,})", path)
    video = video or _first(r"^/([\w-]{11})$", path)
    if re.fullmatch(r"[\w-]{6,20}", video) and video != "videoseries":
        return f"https://www.youtube.com/watch?v={video}"
    playlist = query.get("list", "")
    return f"https://www.youtube.com/playlist?list={playlist}" if re.fullmatch(r"[\w-]+", playlist) else ""


def _youku(path: str, query: Query) -> str:
    video = _first(r"/(?:embed|sid)/([\w=]+)", path) or _first(r"id_([\w=]+)", path) or query.get("vid", "")
    return f"https://v.youku.com/v_show/id_{video}.html" if re.fullmatch(r"[\w=]{6,}", video) else ""


def _iqiyi(path: str, query: Query) -> str:
    if page := _first(r"/([vwa]_\w+)\.(?:html|swf)", path):
        return f"https://www.iqiyi.com/{page}.html"
    video, album = (
        query.get("vid", "") or _first(r"^/([0-9a-f]{32})", path),
        query.get("tvId", "") or query.get("tvid", ""),
    )
    if album.isdecimal() and re.fullmatch(r"\w{8,}", video):
        return f"https://open.iqiyi.com/developer/player_js/coopPlayerIndex.html?vid={video}&tvId={album}"
    return ""


def _ixigua(path: str, query: Query) -> str:
    video = (
        _first(r"/(?:iframe|i|embed|video)?/?i?(\d{10,})", path)
        or query.get("vid", "")
        or query.get("group_id", "")
    )
    return f"https://www.ixigua.com/{video}" if video.isdecimal() else ""


def _weibo(path: str, query: Query) -> str:
    video = query.get("fid") or _first(r"(\d{4}:\w+)", unquote(path))
    return f"https://weibo.com/tv/show/{video}" if re.fullmatch(r"\d{4}:\w+", video) else ""


def _sohu(path: str, query: Query) -> str:
    video = query.get("bid") or query.get("id") or _first(r"(?:/|&id=)(\d{5,})", path)
    return f"https://tv.sohu.com/v/{video}.html" if video.isdecimal() else ""


_NETEASE_KINDS = {"0": "playlist", "1": "album", "2": "song", "3": "program", "4": "djradio"}


def _netease(path: str, query: Query) -> str:
    number, kind = query.get("id") or query.get("sid", ""), _NETEASE_KINDS.get(query.get("type", "2"), "")
    if number.isdecimal() and kind:
        return f"https://music.163.com/#/{kind}?id={number}"
    song = _first(r"/media/outer/url.*?(\d+)", path)
    return f"https://music.163.com/#/song?id={song}" if song else ""


def _ximalaya(path: str, query: Query) -> str:
    track = (
        query.get("trackId")
        or (query.get("id", "") if path.endswith((".swf", "player.html")) else "")
        or _first(r"/(?:sound|track|play)/?(\d+)", path)
    )
    if track.isdecimal():
        return f"https://www.ximalaya.com/sound/{track}"
    album = query.get("albumId", "") or _first(r"/album/(\d+)", path)
    return f"https://www.ximalaya.com/album/{album}" if album.isdecimal() else ""


def _vimeo(path: str, _query: Query) -> str:
    video = _first(r"/(?:video/)?(\d{5,})", path)
    return f"https://vimeo.com/{video}" if video else ""


def _twitter(path: str, query: Query) -> str:
    tweet = query.get("id", "") or _first(r"/status(?:es)?/(\d+)", path)
    return f"https://x.com/i/status/{tweet}" if tweet.isdecimal() else ""


def _acfun(path: str, query: Query) -> str:
    video = _first(r"/(ac\d+)", path) or query.get("vid", "")
    return f"https://www.acfun.cn/v/{video}" if re.fullmatch(r"ac\d+", video) else ""


def _wechat(_path: str, query: Query) -> str:
    video = query.get("vid", "")
    return f"https://v.qq.com/x/page/{video}.html" if re.fullmatch(r"[a-z]\w{9,11}", video) else ""


def _zhihu(path: str, _query: Query) -> str:
    video = _first(r"/(?:zvideo|video)/(\d{6,})", path) or _first(r"^/(\d{8,})", path)
    return f"https://www.zhihu.com/zvideo/{video}" if video else ""


def _spotify(path: str, _query: Query) -> str:
    item = _first(r"/(?:embed/)?((?:track|album|playlist|episode|show)/\w+)", path)
    return f"https://open.spotify.com/{item}" if item else ""


def _codepen(path: str, _query: Query) -> str:
    return (
        f"https://codepen.io{path.replace('/embed/', '/pen/')}"
        if "/embed/" in path or "/pen/" in path
        else ""
    )


def _douyin(path: str, query: Query) -> str:
    video = _first(r"/video/(\d{10,})", path) or query.get("vid", "")
    return f"https://www.douyin.com/video/{video}" if video.isdecimal() else ""


def _haokan(_path: str, query: Query) -> str:
    video = query.get("vid", "")
    return f"https://haokan.baidu.com/v?vid={video}" if video.isdecimal() else ""


def _qq_music(path: str, query: Query) -> str:
    song = query.get("songmid") or query.get("songid") or _first(r"/songDetail/(\w+)", path)
    return f"https://y.qq.com/n/ryqq/songDetail/{song}" if re.fullmatch(r"\w{3,20}", song) else ""


def _ted(path: str, _query: Query) -> str:
    talk = _first(r"/talks/(?:lang/[\w-]+/)?([\w-]+)", path)
    return f"https://www.ted.com/talks/{talk}" if talk else ""


PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "腾讯视频",
        ("v.qq.com", "imgcache.qq.com", "static.video.qq.com", "m.v.qq.com"),
        _tencent,
        ids=((r"[a-z]\w{10}", "https://v.qq.com/x/page/{}.html"),),
        shortcodes=("tencent", "qqvideo", "vqq"),
        attributes=("data-vid", "data-mpvid"),
        bare=True,
    ),
    Provider(
        "哔哩哔哩",
        ("bilibili.com", "bilibili.tv", "hdslb.com"),
        _bilibili,
        ids=(
            (r".*?(BV\w{10}).*", "https://player.bilibili.com/player.html?bvid={}"),
            (r"(?:av)?(\d{3,})", "https://player.bilibili.com/player.html?aid={}"),
        ),
        shortcodes=("bilibili", "bvideo"),
        attributes=("data-bvid",),
        bare=True,
    ),
    Provider(
        "YouTube",
        ("youtube.com", "youtube-nocookie.com", "youtu.be"),
        _youtube,
        ids=((r"[\w-]{6,20}", "https://www.youtube.com/embed/{}"),),
        shortcodes=("youtube",),
        attributes=("data-youtube", "data-youtube-id"),
        bare=True,
    ),
    Provider(
        "优酷",
        ("youku.com",),
        _youku,
        ids=((r"[\w=]{6,}", "https://player.youku.com/embed/{}"),),
        shortcodes=("youku",),
        attributes=("data-youku", "data-youku-id"),
        bare=True,
    ),
    Provider("爱奇艺", ("iqiyi.com", "qiyi.com"), _iqiyi, bare=True),
    Provider(
        "西瓜视频",
        ("ixigua.com", "toutiao.com", "365yg.com"),
        _ixigua,
        ids=((r"\d{10,}", "https://www.ixigua.com/iframe/{}"),),
        shortcodes=("ixigua", "xigua"),
        bare=True,
    ),
    Provider("微博视频", ("weibo.com", "weibo.cn"), _weibo),
    Provider("搜狐视频", ("tv.sohu.com", "vrs.sohu.com"), _sohu),
    Provider("网易云音乐", ("music.163.com",), _netease),
    Provider("喜马拉雅", ("ximalaya.com",), _ximalaya),
    Provider(
        "Vimeo",
        ("vimeo.com",),
        _vimeo,
        ids=((r"\d{5,}", "https://player.vimeo.com/video/{}"),),
        shortcodes=("vimeo", "vimeo_simple"),
        attributes=("data-vimeo-id",),
        bare=True,
    ),
    Provider(
        "X (Twitter)",
        ("twitter.com", "x.com"),
        _twitter,
        ids=((r"\d{5,}", "https://twitter.com/i/status/{}"),),
        shortcodes=("tweet", "twitter"),
        attributes=("data-tweet-id",),
    ),
    Provider(
        "AcFun",
        ("acfun.cn", "acfun.tv"),
        _acfun,
        ids=((r"ac\d+", "https://www.acfun.cn/player/{}"),),
        shortcodes=("acfun",),
        bare=True,
    ),
    Provider("微信视频", ("mp.weixin.qq.com",), _wechat),
    Provider("知乎视频", ("video.zhihu.com", "zhihu.com"), _zhihu),
    Provider("Spotify", ("open.spotify.com",), _spotify),
    Provider(
        "抖音",
        ("douyin.com", "iesdouyin.com"),
        _douyin,
        ids=((r"\d{10,}", "https://open.douyin.com/player/video?vid={}"),),
        shortcodes=("douyin",),
    ),
    Provider("好看视频", ("haokan.baidu.com",), _haokan),
    Provider("QQ音乐", ("y.qq.com",), _qq_music),
    Provider("TED", ("ted.com",), _ted),
    Provider("CodePen", ("codepen.io",), _codepen),
)
"""Where two rows could take something, the first does."""
