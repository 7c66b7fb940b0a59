"""What a box is called whose writer gave it a kind but no title, by language. Pure."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("note", "remark", "notice"), "note"),
    **dict.fromkeys(("info", "information", "primary"), "info"),
    **dict.fromkeys(("tip", "tips", "hint"), "tip"),
    **dict.fromkeys(("success", "check", "done"), "success"),
    **dict.fromkeys(("important", "attention"), "important"),
    **dict.fromkeys(("warning", "warn", "caution"), "warning"),
    **dict.fromkeys(("danger", "error", "failure", "fail", "missing", "bug"), "danger"),
    **dict.fromkeys(("example", "snippet"), "example"),
    **dict.fromkeys(("question", "help", "faq"), "question"),
    **dict.fromkeys(("abstract", "summary", "tldr"), "summary"),
    **dict.fromkeys(("quote", "cite"), "quote"),
    **dict.fromkeys(("todo",), "todo"),
    **dict.fromkeys(("details", "spoiler", "collapse"), "details"),
}
"""The kinds that generators know by name, and what each is one of."""

_LANGUAGES = ("zh", "zh-Hant", "ja", "ko", "en")
_TITLES: Mapping[str, tuple[str, ...]] = {
    "note": ("注", "註", "注", "참고", "Note"),
    "info": ("说明", "說明", "情報", "정보", "Info"),
    "tip": ("提示", "提示", "ヒント", "팁", "Tip"),
    "success": ("成功", "成功", "成功", "성공", "Success"),
    "important": ("重要", "重要", "重要", "중요", "Important"),
    "warning": ("注意", "注意", "注意", "주의", "Warning"),
    "danger": ("警告", "警告", "警告", "경고", "Danger"),
    "example": ("例", "例", "例", "예", "Example"),
    "question": ("问题", "問題", "質問", "질문", "Question"),
    "summary": ("摘要", "摘要", "要約", "요약", "Summary"),
    "quote": ("引文", "引文", "引用", "인용", "Quote"),
    "todo": ("待办", "待辦", "やること", "할일", "To-do"),
    "details": ("详情", "詳情", "詳細", "자세히", "Details"),
}
"""One for each language, in their order."""

DIAGRAMS: Mapping[str, str] = {
    "mermaid": "Mermaid",
    **dict.fromkeys(("plantuml", "puml", "uml"), "PlantUML"),
    **dict.fromkeys(("graphviz", "dot", "gv"), "Graphviz"),
    **dict.fromkeys(("flow", "flowchart"), "flowchart.js"),
    **dict.fromkeys(("sequence", "seq"), "js-sequence-diagrams"),
    "echarts": "ECharts",
    "markmap": "Markmap",
    "d2": "D2",
    "ditaa": "ditaa",
    "wavedrom": "WaveDrom",
    "nomnoml": "nomnoml",
    **dict.fromkeys(("vega", "vega-lite"), "Vega"),
}
"""Languages of diagrams, as listings are marked, and what draws them."""
_SOURCES = (
    "示意图的源文（{}）",
    "示意圖的原文（{}）",
    "図のソース（{}）",
    "도표의 원문({})",
    "Source of a diagram ({})",
)

_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def kind_of(word: str) -> str:
    """The kind that a word of markup means; empty: none that has a name."""
    return KINDS.get(word.casefold(), "")


def diagram_title(kind: str, language: str) -> str:
    """What the listing of a diagram is, in an article's language."""
    return _SOURCES[_LANGUAGES.index(_known(language))].format(DIAGRAMS[kind])


def box_title(kind: str, language: str) -> str:
    """The word for a kind in an article's language; English where we have no other."""
    return _TITLES[kind][_LANGUAGES.index(_known(language))] if kind in _TITLES else ""


def _known(language: str) -> str:
    """Which of our languages a tag is nearest to."""
    tag = language.casefold()
    base = tag.partition("-")[0]
    return "zh-Hant" if tag.startswith(_TRADITIONAL) else base if base in _LANGUAGES else "en"
