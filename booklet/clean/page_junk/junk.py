"""What no reader misses: forms, advertisements, buttons, tip jars, hidden parts, counting pixels."""

from __future__ import annotations

import re
from collections import Counter

from booklet.clean.draft import Draft
from booklet.clean.fallback import without_label
from booklet.clean.tree import Element, bottom_up, has, text_of

_CONTROLS = frozenset(["button", "dialog", "menu", "progress", "meter"])
_CLASS = re.compile(
    r"(?:adsbygoogle|google-auto-placed|(?:.*[-_])?copy[-_]?(?:code)?[-_]?(?:btn|button)|btn[-_]copy|copybtn|"
    r"clipboard.*|code[-_]?copy.*|hljs-button|code-toolbar__.*|toolbar(?:-item)?|opt-box|"
    r"support-author|(?:post-)?reward(?:-\w+)?|tip-?jar|donat(?:e|ion)s?|admire|dashang|"
    r"share(?:-?(?:bar|box|buttons?|list|links?|icons?|tools?))?|social-?share\w*|sharedaddy|addtoany\w*|a2a_kit|bdsharebuttonbox|bshare\S*|jiathis\S*|"
    r"jp-relatedposts|related-?posts?|recommend-?posts?|post-copyright|cookie-?(?:notice|banner)|"
    r"headerlink|header-anchor|anchorjs-link|heading-anchor|anchor-link|octicon-link|"
    r"sr-only|screen-reader-text|visually-hidden|visuallyhidden|"
    r"katex-html|mathjax_preview|mathjax_svg|mathjax_chtml|mathjax(?:_display)?|mjx-chtml|"
    r"cnblogs_code_toolbar|cnblogs_code_copy|informations|mcn-?link-?card|quote-controls|"
    r"audio-?player__?controls|player-controls|progress-bar|vjs-\S+|mejs-\S+|plyr\S*|"
    r"aimg_tip|attach_?tips?|pstatus|blog_extension|recommend-box|recommend-item-box|blog-tags-box|article-copyright|hide-article-box|"
    r"new-meta-box|editsection|mw-editsection|navbox|noprint|wp-block-buttons?|subscription-form)",
    re.IGNORECASE,
)
_ID = re.compile(
    r"(?i)(?:google_ads|ad[-_]slot|div-gpt-ad|recommend_bottom|article_bottom|share[-_]?(?:box|bar)|comments?)\S*"
)
_HIDDEN_STYLE = re.compile(r"(?i)(?:^|;)\s*display\s*:\s*none\b")
_PIXEL_HOST = re.compile(
    r"(?i)^(?:https?:)?//(?:[\w.-]*\.)?(?:google-analytics\.com|doubleclick\.net|hm\.baidu\.com|cnzz\.com|51\.la|"
    r"scorecardresearch\.com|pixel\.wp\.com|stats\.wp\.com|feeds\.feedburner\.com/~r|feedsportal\.com|"
    r"feedburner\.google\.com|tracker\.\S*|b\.scorecardresearch\.com|medium\.com/_/stat|counter\.\S*|beacon\S*)(?:[/?]|$)"
)
_LABELLED = frozenset(["button", "progress", "meter"])
"""Controls that hold no blocks (HTML, 4.10.6, 13, 14)."""
_LABEL_CHARS = 40
"""A control that says more is no control: it was never closed, or the article stands in it."""
_CLAUSE = re.compile("[，。；、]|[a-z][,.;] ")
_KEEP_SHARE = 0.3
"""A part that holds more of the text than this is the article, whatever its class says."""


def junk(draft: Draft) -> None:
    """Drop such parts; text that goes with a form or a hidden part is counted for the finding."""
    total = max(len(text_of(draft.root)), 1)
    dropped: Counter[str] = Counter()
    for parent in bottom_up(draft.root):
        parent.children = [
            child
            for child in parent.children
            if isinstance(child, str) or not _goes(child, total, draft, dropped)
        ]
    for element in bottom_up(draft.root):
        if element.name in _CONTROLS:  # what stays of them is text
            element.name = "span"
    for name, count in sorted(dropped.items()):
        draft.report("tag-dropped", tag=name, count=count)


def _goes(element: Element, total: int, draft: Draft, dropped: Counter[str]) -> bool:
    """Whether an element is to go; to be asked once for each, because it counts and reports what goes."""
    if element.name == "img":
        return _is_pixel(element)
    if element.name in _CONTROLS:
        return not _swallowed(element) and _is_label(text_of(element).strip())
    reason = "" if element.name in ("pre", "code") else _reason(element)
    if not reason:
        return False
    length = len(text_of(element))
    if length > _KEEP_SHARE * total and length > 40:  # noqa: PLR2004 - a short article may be mostly buttons
        return False
    if element.name == "ins" and length:
        return False
    if reason == "hidden" and length > 40:  # noqa: PLR2004 - shorter hidden text is an interface's
        dropped[element.name] += 1
    if reason == "class" and length > 40:  # noqa: PLR2004 - as above
        draft.report("block-dropped", name=_name(element), chars=length)
    return True


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL_CHARS and not _CLAUSE.search(text)


def _swallowed(control: Element) -> bool:
    """Whether a control holds blocks of the article: then its label goes and they stay."""
    rest = without_label(control) if control.name in _LABELLED else []
    if not any(text_of(node).strip() for node in rest):
        return False
    control.name = "div"
    label = control.children[: len(control.children) - len(rest)]
    if _is_label("".join(map(text_of, label)).strip()):
        control.children = rest
    return True


def _name(element: Element) -> str:
    """Its class or id, as the finding shows it."""
    return (element.attrs.get("class") or element.attrs.get("id", ""))[:40]


def _reason(element: Element) -> str:
    attrs = element.attrs
    if "hidden" in attrs and not has(element, "img", "iframe", "video"):
        return "hidden"
    if (
        "style" in attrs
        and _HIDDEN_STYLE.search(attrs["style"])
        and element.name not in ("iframe", "video", "audio")
    ):
        return "hidden" if not has(element, "img", "iframe", "video") else ""
    if "class" in attrs and any(_CLASS.fullmatch(word) for word in element.classes()):
        return "class"
    if "id" in attrs and element.name == "div" and _ID.fullmatch(attrs["id"]):
        return "class"
    return ""


def _is_pixel(image: Element) -> bool:
    attrs = image.attrs
    sizes = [attrs.get(side, "").removesuffix("px").strip() for side in ("width", "height")]
    if all(size in ("0", "1", "2") for size in sizes):
        return True
    if (
        re.search(r"(?i)(?:^|;)\s*width\s*:\s*[012]px", attrs.get("style", ""))
        and "height:" in attrs["style"]
    ):
        return bool(re.search(r"(?i)(?:^|;)\s*height\s*:\s*[012]px", attrs["style"]))
    return bool(_PIXEL_HOST.match(attrs.get("src", "")))
