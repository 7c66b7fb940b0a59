"""Lines that belong to the page and not to the article: the title again, the byline, "read the original"."""

from __future__ import annotations

import re
import unicodedata

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, has, text_of
from booklet.clean.vocabulary import HEADINGS

_FOLLOW = (
    r"请?(?:点击|点)?(?:上方|下方|顶部|文末)?[“「\"]?蓝(?:色)?字[”」\"]?\S{0,10}(?:关注|订阅)\S{0,12}",
    r"(?:长按|扫码|扫描|扫一扫|微信扫|识别)\S{0,14}(?:关注|订阅|分享|打赏|赞赏|加群|进群)\S{0,12}",
    r"点击(?:上方|下方)\S{0,12}关注\S{0,10}",
    r"(?:欢迎|记得)?(?:点赞|转发|在看|分享|收藏|关注)(?:[、,，+/和]?(?:点赞|转发|在看|分享|收藏|关注|三连)){1,4}",
)
_BUTTONS = (
    "赞同|添加评论|条评论|评论|分享|收藏|喜欢|举报|申请转载|投诉|点赞|在看|转发|收起|打印(?:本页|此页)?|关闭(?:窗口|本页)?|"
    "返回顶部|复制链接|只看楼主|使用道具|推荐"
)
_SHARE = (
    r"点赞|收藏|在看|打赏|赞赏(?:支持)?|喜欢作者|写留言|举报|投诉|微信扫一扫\S{0,12}",
    r"分享(?:到|至)?[:：]?",
    r"分享(?:到|至)[:：]?\s*(?:(?:微信|微博|新浪微博|朋友圈|QQ(?:空间|好友)?|豆瓣|Twitter|Facebook)[\s/|、,，]?)+",
    r"给作者打赏，鼓励TA抓紧创作！?|喜欢(?:就|请)?(?:点个)?赞(?:吧)?[!！]?",
    rf"(?:(?:{_BUTTONS})[\s\d\u200b·|/、,，【】\[\]]*){{2,12}}",
    r"(?:喜欢|觉得\S{0,6})(?:就|请|的话)?(?:请)?(?:帮忙)?(?:点(?:个|一个|击)?)?[“\"]?(?:赞|在看|分享)[”\"]?(?:吧|哦|呀|支持一下)?",
    r"(?:点赞|赞同|阅读|浏览|评论|转发|收藏)(?:数|量)?[\s(（:：]*\d[\d.,]*[万k+]?[)）]?|related(?: posts?)?",
    r"share this:?|share on \S+|click to (?:share|tweet)\S*|tweet|like this:?",
)
_MORE = (
    r"(?:本帖)?最后由\s?\S{1,20}\s?于\s?[\d-]{6,10}\s?[\d:]{0,8}\s?编辑",
    r"(?:编辑|发[布表]|更新|创建)于[:：]?\s?\d{2,4}[-/年.]\d\d?[-/月.]\d\d?日?[\s\d:]*(?:IP ?属地.{2,8})?",
    r"[-—–=\s]*(?:the )?end[-—–=\s]*",
    r"IP ?属地[:：]?\s?\S{1,8}",
    r"(?:微信)?扫一扫[,，]?(?:在)?手机(?:上|中)?(?:打开|浏览|查看|阅读)(?:当前|本|此)?(?:页面?|文)?|[【\[]?字[体号][:：]?\s*大\s*中\s*小[】\]]?",
    r"点击(?:此处)?(?:查看|阅读)(?:原文|全文|更多)|(?:查看|阅读|閱讀)(?:原文|全文)|轻触阅读原文",
    r"展开(?:阅读)?全文|返回搜狐，?查看更多|继续滑动看下一个",
    r"read more|continue reading(?: below)?|\[?toc\]?|loading\.{0,3}",
)
_INTERFACE = (
    r"复制代码|複製代碼|复制|copy(?: code)?|预览时标签不可点",
    r"广告|推广|advertisement|ad|sponsored(?: content)?",
    r"your browser does not support the (?:video|audio) (?:tag|element)\.?|您的浏览器不支持\S{0,20}",
    r"\d{1,2}:\d{2}(?:\s*/\s*\d{1,2}:\d{2})?",
)
_ARROWS = "▲▼↑↓👆👇»>"
_ANY = "|".join((*_FOLLOW, *_SHARE, *_MORE, *_INTERFACE))
_LINES = re.compile(rf"(?i)[\s（(【\[{_ARROWS}]*(?:{_ANY})[\s。!！）)】\]{_ARROWS}]*")
"""Whole lines only: inside a sentence these are words like any other."""


def folded(text: str) -> str:
    """`text` as it is compared: width and case folded, without white space and punctuation."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


_SENTENCES = re.compile(
    r"(?i)(?:特别|免责|郑重|版权)?(?:声明|提示)[:：].{0,60}(?:仅代表作者|不代表(?:本|平台|网站)|观点或立场).{0,60}|"
    r"the post .{1,80} (?:first )?appeared (?:first )?on .{1,60}"
)
"""What sites put under every article, in whole sentences."""


def is_page_line(text: str) -> bool:
    """Whether a line belongs to the page and not to the article."""
    text = text.strip()
    if 20 < len(text) <= 200 and _SENTENCES.fullmatch(text):  # noqa: PLR2004 - bounds the regex
        return True
    return 0 < len(text) <= 40 and bool(_LINES.fullmatch(text))  # noqa: PLR2004 - bounds the regex


def boilerplate(draft: Draft) -> None:
    """Drop such lines where they are the whole of a block, and say which."""
    gone: list[str] = []
    for parent in bottom_up(draft.root):
        if parent.name in ("pre", "code", "tr", "thead", "tbody", "table"):
            continue
        kept: list[Node] = []
        for child in parent.children:
            if _is_boilerplate(child):
                gone.append(" ".join(text_of(child).split()))
            else:
                kept.append(child)
        parent.children = kept
    if gone:
        draft.report("lines-dropped", count=len(gone), lines="、".join(dict.fromkeys(gone))[:60])
    _without_title(draft)


def _is_boilerplate(child: Node) -> bool:
    if not isinstance(child, Element) or child.name not in ("p", "h2", "h3", "h4", "h5", "h6"):
        return False
    return is_page_line(text_of(child)) and not has(child, "img")


def _without_title(draft: Draft) -> None:
    """The title as the first heading or line, perhaps with the byline: the theme prints both."""
    title = folded(draft.article.title)
    if not title:
        return
    for index, block in enumerate(draft.root.children[:3]):
        if not isinstance(block, Element) or block.name == "figure":
            continue
        same = folded(text_of(block)) == title
        if (block.name in HEADINGS and same) or (
            block.name == "p" and same and len(draft.root.children) > index + 1
        ):
            del draft.root.children[index]
        return
