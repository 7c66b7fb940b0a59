"""What stands beside the article on its page: a table of contents, lists of other articles, QR codes.

These are told by their form alone: a heading that sites write above such lists, nothing but links below it,
and after them the end of the article.
"""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.page_junk.boilerplate import boilerplate
from booklet.clean.tree import Element, Node, elements, has, text_of
from booklet.clean.vocabulary import HEADINGS

_RELATED = re.compile(
    r"(?i)[\W_]*(?:相关(?:阅读|推荐|文章|新闻|报道|帖子|内容|资讯)|推荐(?:阅读|文章|内容)|本文相关\S{0,4}|"
    r"往期(?:推荐|回顾|精彩|精选|文章|好文|热文)\S{0,4}|历史文章|(?:猜你|您可能|你可能|大家)(?:也|还|都)?(?:会)?(?:喜欢|感兴趣|在看)\S{0,6}|"
    r"(?:热门|最新|更多|精彩)(?:文章|推荐|阅读|资讯|回顾|精彩)\S{0,4}|相關(?:閱讀|文章|推薦|新聞|報導)|推薦閱讀|延伸閱讀推薦|"
    r"related (?:posts|articles|stories|reading|content)|you (?:may|might) (?:also )?(?:like|enjoy)|"
    r"read next|more stories|recommended(?: reading| for you| articles)?)[\W_]*"
)
"""Headings over lists that a site puts under every article. Not 延伸阅读 or 参考: those are the authors'."""

_CREDITS = re.compile(
    r"(?:[\s|／/·]*(?:作者|来源|文|图|撰文|编辑|责任?编辑|责编|校对|审核|审校|监制|排版|美编|策划|供稿|供图|翻译|译者)"
    r"[\s\u3000]*[:：/｜|丨][^，。；]{1,20}?)+"
)
"""The line that says who made the article. It stays; lists of other articles stand above or below it."""
_BETWEEN_LINKS = re.compile(r"[\s\d\W_年月日]*")
_CONTENTS = re.compile(r"(?i)[\W_]*(?:(?:文章|本文|内容)?目[录錄次]|(?:table of )?contents|导航|大纲)[\W_]*")
_QR = re.compile(r"(?i).{0,12}(?:二维码|二維碼|公众号|公眾號|qr[ _-]?code|扫码|微信号|长按关注).{0,12}")
_NEAR_THE_END = 200
"""Characters from the end in which a lone picture named as a code to scan is the publisher's."""
_NEAR_THE_BEGINNING = 1_500
"""Characters from the beginning: an introduction may stand above a list of the article's parts."""
_MIN_LINKS = 2
_MIN_ENTRIES = 3


def tail(draft: Draft) -> None:
    """Drop such blocks; a finding names each list."""
    blocks = draft.root.children
    last = _end_matter(blocks)
    kept = [block for block in blocks[last:] if not _is_code_to_follow(block)]
    if codes := len(blocks) - last - len(kept):
        draft.report("tag-dropped", tag="img", count=codes)
        blocks[last:] = kept
    while _without_contents(blocks, draft):
        pass
    _without_related(blocks, draft)


def leftovers(draft: Draft) -> None:
    """`boilerplate` and `tail` once more: some lines of the page have a block of their own only now."""
    boilerplate(draft)
    tail(draft)


def _end_matter(blocks: list[Node]) -> int:
    """The first block that has no more than a few lines of text after it."""
    rest = 0
    for index in range(len(blocks) - 1, -1, -1):
        rest += len(text_of(blocks[index]).strip())
        if rest > _NEAR_THE_END:
            return index + 1
    return 0


def _without_contents(blocks: list[Node], draft: Draft) -> bool:
    """Drop a list of nothing but links to the article's own headings, near its beginning: a book has its own.

    Gives whether one was there.
    """
    before = 0
    for index, block in enumerate(blocks):
        if before > _NEAR_THE_BEGINNING:
            break
        before += len(text_of(block))
        if not isinstance(block, Element) or block.name not in ("ul", "ol"):
            continue
        links = [element for element in elements(block) if element.name == "a"]
        inside = all(link.attrs.get("href", "").startswith("#") for link in links)
        labelled = index > 0 and _says(blocks[index - 1], _CONTENTS)
        if len(links) < (_MIN_LINKS if labelled else _MIN_ENTRIES) or not inside or not _only_links(block):
            continue
        _drop(blocks, index - labelled, index + 1, draft)
        return True
    return False


def _without_related(blocks: list[Node], draft: Draft) -> None:
    end = len(blocks)
    while True:
        while end and _says(blocks[end - 1], _CREDITS):
            end -= 1
        first = end
        while first and _is_links(blocks[first - 1]):
            first -= 1
        if not first or first == end or not _says(blocks[first - 1], _RELATED):
            return
        if _count_links(blocks[first:end]) < _MIN_LINKS:
            return
        _drop(blocks, first - 1, end, draft)
        end = first - 1


def _drop(blocks: list[Node], first: int, end: int, draft: Draft) -> None:
    text = " ".join(" ".join(text_of(block).split()) for block in blocks[first:end])
    draft.report("block-dropped", name=text[:40], chars=len(text))
    del blocks[first:end]


def _says(block: Node, words: re.Pattern[str]) -> bool:
    if not isinstance(block, Element) or block.name not in ("p", *HEADINGS):
        return False
    text = text_of(block).strip()
    return 0 < len(text) <= 60 and bool(words.fullmatch(text))  # noqa: PLR2004 - a heading, not a sentence


def _is_links(block: Node) -> bool:
    if not isinstance(block, Element) or block.name not in ("p", "ul", "ol"):
        return False
    return has(block, "a") and _only_links(block)


def _only_links(block: Element) -> bool:
    """Whether all that is said is said by links; numbers, dates and marks between them aside."""
    rest: list[str] = []
    stack: list[Node] = [*block.children]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            rest.append(node)
        elif node.name != "a":
            stack.extend(node.children)
    return bool(_BETWEEN_LINKS.fullmatch("".join(rest)))


def _count_links(blocks: list[Node]) -> int:
    return sum(
        element.name == "a" for block in blocks if isinstance(block, Element) for element in elements(block)
    )


def _is_code_to_follow(block: Node) -> bool:
    """A picture that is named as a code to scan, and nothing else."""
    if not isinstance(block, Element) or block.name not in ("p", "figure") or not has(block, "img"):
        return False
    pictures = [element for element in elements(block) if element.name == "img"]
    said = f"{text_of(block).strip()} {pictures[0].attrs.get('alt', '')}".strip()
    return len(pictures) == 1 and (bool(_QR.fullmatch(said)) or "data-scan" in pictures[0].attrs)
