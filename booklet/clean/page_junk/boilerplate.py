"""Lines that belong to the page and not to the article: the title again, the byline, "read the original"."""

from __future__ import annotations

import re
import unicodedata

from booklet.clean.draft import Draft
from booklet.clean.text.characters import PRIVATE
from booklet.clean.tree import Element, Node, bottom_up, elements, has, text_of
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
    r"(?:顺手|记得)?点(?:个|一下)[“\"]?(?:赞|在看|关注|收藏)[”\"]?(?:再走|吧|呗|支持).{0,6}",
    r"(?:喜欢|觉得)\S{0,6}[,，]?(?:就|请|的话)?(?:请)?(?:帮忙)?(?:点(?:个|一个|击)?)?[“\"]?(?:赞|在看|分享)[”\"]?(?:吧|哦|呀|支持一下)?",
    r"(?:点赞|赞同|阅读|浏览|评论|转发|收藏)(?:数|量)?[\s(（:：]*\d[\d.,]*[万k+]?[)）]?|related(?: posts?)?",
    r"share this:?|share on \S+|click to (?:share|tweet)\S*|tweet|like this:?",
)
_MORE = (
    r"(?:本帖)?最后由\s?\S{1,20}\s?于\s?[\d-]{6,10}\s?[\d:]{0,8}\s?编辑",
    r"(?:编辑|发[布表]|更新|创建)于[:：]?\s?\d{2,4}[-/年.]\d\d?[-/月.]\d\d?日?[\s\d:]*(?:IP ?属地.{2,8})?",
    r"[-—–=\s]*(?:the )?end[-—–=\s]*",
    r"IP ?属地[:：]?\s?\S{1,8}",
    r"(?:微信)?扫一扫[,，]?(?:在)?手机(?:上|中)?(?:打开|浏览|查看|阅读)(?:当前|本|此)?(?:页面?|文)?|[【\[]?字[体号][:：]?\s*大\s*中\s*小[】\]]?",
    r"(?:编辑|发[布表]|更新)于[:：]?\s?(?:刚刚|[昨今前]天|\d+\s?(?:秒|分钟|小时|天)前)[\s\d:]*",
    r"点击(?:此处)?(?:查看|阅读)(?:原文|全文|更多)|(?:查看|阅读|閱讀)(?:原文|全文)|轻触阅读原文",
    (
        r"(?:更多\S{0,8}[,，])?请?(?:点击|点|戳|轻触)(?:左下角?|下方|文末|底部)?的?[“\"「【]?(?:阅读|查看)原文[”\"」】]?"
        r"(?:(?:即可|来|，)?(?:免费)?(?:查看|报名|参[加与]|了解|获取|下载|购买|进入|看|听|领取|加入|观看|预约|投票|订阅|填写)\S{0,12})?"
    ),
    r"上一[篇条頁页]\s*[:：].{0,36}|下一[篇条頁页]\s*[:：].{0,36}",
    r"来自[:：]?\s?\S{1,10}\s?(?:客户端|App)|来自ZAKER|回复|举报\s?[/／]\s?反馈|商品卡片|视频加载中[.…]{0,6}",
    r"更多精彩内容[,，]\S{0,4}简书APP|[\"“]?小礼物走一走\S{0,12}|还没有人赞赏\S{0,8}|被以下专题收入\S{0,12}",
    r"本文(?:正在|已)参[加与]\s?[「“【].{2,24}|提示[:：](?:这里可以添加本文要记录的大概内容|以下是本篇文章正文内容，下面案例可供参考)",
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


_TO_SCAN = re.compile(r"二维码|二維碼|扫码|扫一扫|扫描|长按|识别")
_ORIGINAL_TITLE = re.compile(r"[（(【]?(?:原?标题|原題)[:：]")
_FRAMES = frozenset({"body", "div", "section", "article", "main", "header", "center"})
"""Elements around an article, within which its title is a heading of the page."""
_SENTENCES = re.compile(
    r"(?i)(?:特别|免责|郑重|版权)?(?:声明|提示)[:：].{0,60}(?:仅代表作者|不代表(?:本|平台|网站)|观点或立场).{0,60}|"
    r"(?:特别|免责)?声明[:：].{0,80}(?:仅|只)提供信息(?:存储|发布)(?:空间)?服务.{0,40}|"
    r"提示[:：](?:写完文章后|文章写完后)，目录可以自动生成.{0,30}|"
    r">?\s*(?:下载|关注|实用、好用的|特惠、好用的|想申请成为).{0,40}少数派.{0,60}|"
    r"the post .{1,80} (?:first )?appeared (?:first )?on .{1,60}"
)
"""What sites put under every article, in whole sentences."""


_BREAK_IN_HAN = re.compile(r"(?<=[\u2e80-\uffef“”‘’…—])\s*\n\s*(?=[\u2e80-\uffef“”‘’…—])")


def is_page_line(text: str) -> bool:
    """Whether a line belongs to the page and not to the article."""
    text = " ".join(_BREAK_IN_HAN.sub("", PRIVATE.sub("", text)).split())
    if 12 < len(text) <= 200 and _SENTENCES.fullmatch(text):  # noqa: PLR2004 - bounds the regex
        return True
    return 0 < len(text) <= 40 and bool(_LINES.fullmatch(text))  # noqa: PLR2004 - bounds the regex


def boilerplate(draft: Draft) -> None:
    """Drop such lines where they are the whole of a block, and say which."""
    gone: list[str] = []
    for parent in bottom_up(draft.root):
        if parent.name in ("pre", "code", "tr", "thead", "tbody", "table"):
            continue
        kept: list[Node] = []
        for place, child in enumerate(parent.children):
            if _is_boilerplate(child):
                gone.append(" ".join(text_of(child).split()))
                if _TO_SCAN.search(gone[-1]):
                    _mark_code([*kept[-1:], *parent.children[place + 1 : place + 2]])
            else:
                kept.append(child)
        parent.children = kept
    if gone:
        draft.report("lines-dropped", count=len(gone), lines="、".join(dict.fromkeys(gone))[:60])
    while _without_title(draft):
        pass
    _without_heading(draft)
    _with_full_title(draft)


def _mark_code(neighbours: list[Node]) -> None:
    """A picture alone beside a line that asks to scan it; `tail` decides by its place."""
    for block in neighbours:
        pictures = (
            [element for element in elements(block) if element.name == "img"]
            if not isinstance(block, str)
            else []
        )
        if len(pictures) == 1 and not text_of(block).strip():
            pictures[0].attrs["data-scan"] = "1"


def _is_boilerplate(child: Node) -> bool:
    if not isinstance(child, Element) or child.name not in ("p", *HEADINGS):
        return False
    return is_page_line(text_of(child)) and not has(child, "img")


def _without_title(draft: Draft) -> bool:
    """Drop the title as the first heading or line: the theme prints it. Gives whether it was there."""
    title = folded(draft.article.title)
    for index, block in enumerate(draft.root.children[:3]):
        if not isinstance(block, Element) or block.name == "figure":
            continue
        same = folded(_ORIGINAL_TITLE.sub("", text_of(block).strip(), count=1)) == title
        last = len(draft.root.children) == index + 1
        if same and title and (block.name in HEADINGS or (block.name == "p" and not last)):
            del draft.root.children[index]
            return True
        return False
    return False


def _without_heading(draft: Draft) -> None:
    """Drop the first `<h1>` that is the title, though a byline or a list of contents stands above it."""
    title = folded(draft.article.title)
    for parent in (draft.root, *elements(draft.root)) if title else ():
        if parent.name not in _FRAMES:
            continue
        for index, child in enumerate(parent.children):
            if isinstance(child, Element) and child.name == "h1" and folded(text_of(child)) == title:
                if not has(child, "img"):
                    del parent.children[index]
                return


def _with_full_title(draft: Draft) -> None:
    """A title that was shortened is said in full by the text: as it is, or as its first paragraph."""
    full = draft.article.full_title
    if full and folded(full) not in folded(text_of(draft.root)):
        draft.root.children.insert(0, Element("p", {}, [full]))
