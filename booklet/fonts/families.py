"""The families that are known to serve a role, best first, and what stands behind them: data, no code.

Names are those that fontconfig gives. Sources: Noto and Source Han on Linux, the system faces of Windows and
macOS, LXGW WenKai and Fandol as Debian packages them. AR PL UKai is last: from its collection a face with
Taiwan's centred marks is taken.
"""

from __future__ import annotations

from booklet.config.values import Role

SERIF_SC = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "SimSun",
    "Songti SC",
    "STSong",
    "FandolSong",
    "AR PL SungtiL GB",
    "AR PL UMing CN",
)
SANS_SC = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "Heiti SC",
    "STHeiti",
    "FandolHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)

FAMILIES: dict[Role, tuple[str, ...]] = {
    "text": SERIF_SC,
    "heading": SANS_SC,
    "kai": ("KaiTi", "Kaiti SC", "STKaiti", "LXGW WenKai", "FandolKai", "AR PL KaitiM GB", "AR PL UKai CN"),
    "fang": ("FangSong", "STFangsong", "FandolFang", "FandolFang R"),
    "mono": ("Noto Sans Mono CJK SC", "Sarasa Mono SC", "Source Han Mono SC", "Sarasa Fixed SC"),
}

STAND_IN: dict[Role, tuple[Role, ...]] = {
    "text": ("heading",),
    "heading": ("text",),
    "kai": ("text", "heading"),
    "fang": ("text", "heading"),
    "mono": ("heading", "text"),
}
"""Whose face serves where a role has none of its own."""

LATIN: dict[Role, tuple[str, ...]] = {
    "text": ("Noto Serif", "Source Serif 4", "Times New Roman", "Times", "DejaVu Serif", "Liberation Serif"),
    "heading": ("Noto Sans", "Source Sans 3", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Liberation Sans"),
    "kai": ("Noto Serif", "Source Serif 4", "Times New Roman", "Times", "DejaVu Serif", "Liberation Serif"),
    "fang": ("Noto Serif", "Source Serif 4", "Times New Roman", "Times", "DejaVu Serif", "Liberation Serif"),
    "mono": ("Noto Sans Mono", "Consolas", "Menlo", "DejaVu Sans Mono", "Liberation Mono"),
}
"""For letters that a Chinese face lacks: Polish, Vietnamese, Greek, Cyrillic and their kin."""

SYMBOLS = (
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "Segoe UI Symbol",
    "Apple Symbols",
    "DejaVu Sans",
    "Symbola",
)
"""No emoji families: fontconfig sorts a named colour face first, and digits come from it (measured, 2.14).
Pango
finds the emoji face by itself, for emoji only."""
GENERIC: dict[Role, str] = {
    "text": "serif",
    "heading": "sans-serif",
    "kai": "serif",
    "fang": "serif",
    "mono": "monospace",
}

_SERIF = "Noto Serif CJK {}", "Source Han Serif {}"
_SANS = "Noto Sans CJK {}", "Source Han Sans {}"


def _regional(
    region: str, source_han: str, serif: tuple[str, ...], sans: tuple[str, ...]
) -> dict[Role, tuple[str, ...]]:
    serif_families = (_SERIF[0].format(region), _SERIF[1].format(source_han), f"Noto Serif {region}", *serif)
    sans_families = (_SANS[0].format(region), _SANS[1].format(source_han), f"Noto Sans {region}", *sans)
    mono = (f"Noto Sans Mono CJK {region}", *sans_families)
    return {"text": serif_families, "heading": sans_families, "mono": mono}


REGIONAL: dict[str, dict[Role, tuple[str, ...]]] = {
    "zh-TW": _regional(
        "TC", "TC", ("PMingLiU", "Songti TC", "AR PL UMing TW"), ("Microsoft JhengHei", "PingFang TC")
    ),
    "zh-HK": _regional(
        "HK", "HC", ("MingLiU_HKSCS", "Songti TC", "AR PL UMing HK"), ("PingFang HK", "Microsoft JhengHei")
    ),
    "ja": _regional(
        "JP", "JP", ("Yu Mincho", "Hiragino Mincho ProN", "MS Mincho"), ("Yu Gothic", "Hiragino Sans")
    ),
    "ko": _regional("KR", "K", ("Batang", "AppleMyungjo"), ("Malgun Gothic", "Apple SD Gothic Neo")),
}
"""Faces for text in other languages than the booklet's, by the language of the `:lang()` rule."""
