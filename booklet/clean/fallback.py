"""What stands inside a player: the customary sentence for browsers without it, or the article.

Browsers show neither (HTML, 4.8.8). But `<video>` that is never closed holds all that follows, and what a
converter laid into a frame is text that its author wrote: that stays.
"""

from __future__ import annotations

import re

from booklet.clean.tree import Element, Node, elements, has, text_of
from booklet.clean.vocabulary import BLOCKS, LEAF_BLOCKS, names

MAX_CHARS = 200
"""The longest customary sentence; most have 20 to 60 characters."""
_SHORT_CHARS = 60
_BROWSER = re.compile(
    r"(?i)浏览器|瀏覽器|播放器|browser|player|flash|html ?5|java ?script|iframe|\b(?:video|audio)\b|视频标签|"
    r"navigateur|navegador|ブラウザ|браузер|브라우저|plug-?in|插件"
)
_LACKS = re.compile(
    r"(?i)不支持|不支援|无法|無法|不能|未安装|未安裝|升级|升級|启用|啟用|更新|support|unable|\bnot\b|n't\b|enable|require|"
    r"install|upgrade|update|unterstütz|soporta|対応|サポート|поддерж|지원"
)
_FAILS = re.compile(r"(?:视频|視頻|影片|音频|音頻)(?:无法|無法|不能)(?:显示|顯示|播放)")
_OFFER = re.compile(
    r"(?i)下载|下載|download|loading|加载|載入|点击(?:播放|观看|查看)|watch|"
    r"(?:play|open) (?:the |this )?(?:video|audio)"
)
_FILE = re.compile(r"(?i)\.(?:mp4|m4v|webm|mov|flv|m3u8|ogv|mp3|m4a|ogg|wav|aac|flac|swf)(?:$|[?#])")
_PARTS = names("source track param")


def is_fallback(text: str) -> bool:
    """Whether a text only says that there is a player, or offers what it plays."""
    text = " ".join(text.split())
    if not text:
        return True
    if len(text) > MAX_CHARS:
        return False
    if _FAILS.search(text) or (_BROWSER.search(text) and _LACKS.search(text)):
        return True
    return len(text) <= _SHORT_CHARS and bool(_OFFER.search(text))


def parted(player: Element, *, short: int = 0) -> tuple[Element, list[Node]]:
    """A player as its page meant it, and what else stands in it, from the first such node on.

    Args:
        player: the element.
        short: loose text of so many characters only stands for the player too.
    """
    runs = _runs(player.children)
    first = next((at for at, run in enumerate(runs) if not _stands_for_player(run, short)), None)
    if first is None:
        return player, []
    own = [node for run in runs[:first] for node in run]
    rest = [node for run in runs[first:] for node in run]
    found = [
        inner
        for node in rest
        if isinstance(node, Element)
        for inner in (node, *elements(node))
        if inner.name in _PARTS
    ]
    return Element(player.name, player.attrs, [*own, *found]), [
        node for node in rest if isinstance(node, str) or node.name not in _PARTS
    ]


def without_label(control: Element) -> list[Node]:
    """What stands in a button behind its label: blocks, which no button may hold, that it swallowed."""
    for index, child in enumerate(control.children):
        if has(child, *(BLOCKS - {"div", "section", "center"})):
            return control.children[index:]
    return []


def _runs(nodes: list[Node]) -> list[list[Node]]:
    """Blocks one by one, and what stands between them together."""
    runs: list[list[Node]] = []
    in_line = False
    for node in nodes:
        is_block = isinstance(node, Element) and has(node, *BLOCKS)
        if in_line and not is_block:
            runs[-1].append(node)
        else:
            runs.append([node])
        in_line = not is_block
    return runs


def _stands_for_player(run: list[Node], short: int) -> bool:
    text = "".join(map(text_of, run)).strip()
    if len(text) <= short and not any(has(node, *LEAF_BLOCKS) for node in run):
        return True
    return is_fallback(text) or _is_offer(run)


def _is_offer(run: list[Node]) -> bool:
    """Whether there is nothing but links to what is played."""
    links = [
        inner
        for node in run
        if isinstance(node, Element)
        for inner in (node, *elements(node))
        if inner.name == "a"
    ]
    said = "".join("".join(map(text_of, run)).split())
    linked = "".join("".join(map(text_of, links)).split())
    return bool(links) and said == linked and all(_FILE.search(link.attrs.get("href", "")) for link in links)
