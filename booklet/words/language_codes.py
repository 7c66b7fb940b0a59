"""Which languages there are: readers refuse books, and screen readers fall silent, where a tag names none."""

from __future__ import annotations

_TWO_LETTERS = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
    ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
    lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi
    pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
    tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 - a list literal has 190 lines
)
"""ISO 639-1, with the codes that it had before (`iw`, `in`, `ji`, `sh`)."""
_THREE_LETTERS = frozenset(
    """
    aii ain ami ast bai bho bnn ceb chr ckb cmn csb czh czo dsb dng fil fur gan gsw hak haw hmn hsb hsn iii
    jam kab kmr khk lad lzh mai mnc mnp mon nan nds nog pap pwn sah scn sco shi syr szl tay trv tsu tyv uig
    vec wuu xal yue zha zgh
    """.split()  # noqa: SIM905 - a list literal has 60 lines
)
"""Of ISO 639-3, those that have no two letters and in which articles are met: of some 8,000."""


def is_known(tag: str) -> bool:
    """Whether a BCP 47 tag begins with the code of a language."""
    code = tag.lower().partition("-")[0]
    return code in _TWO_LETTERS or code in _THREE_LETTERS
