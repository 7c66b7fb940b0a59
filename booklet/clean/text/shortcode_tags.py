"""What single tags of Hexo, Jekyll and Hugo stand for, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from booklet.clean.players import address_of
from booklet.clean.providers import Provider

_ARGUMENT = re.compile(r"([\w-]+=)?(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_PICTURE_FILE = re.compile(r"(?i)^\S+\.(?:jpe?g|png|gif|webp|svg|bmp|avif)(?:[?#]\S*)?$")


def arguments(raw: str) -> list[str]:
    """The words of a tag; quotes hold words together; `name="value"` stays one word."""
    return [f"{name}{a or b or c}" for name, a, b, c in _ARGUMENT.findall(raw)]


def _named(raw: str) -> dict[str, str]:
    return {name.rstrip("="): a or b or c for name, a, b, c in _ARGUMENT.findall(raw) if name}


def _picture(raw: str) -> str:
    """`[class] path [width] [height] [title [alt]]` (https://hexo.io/docs/tag-plugins#Image)."""
    words = arguments(raw)
    place = next((i for i, word in enumerate(words) if _PICTURE_FILE.match(word) or "/" in word), None)
    if place is None:
        return ""
    texts = [word for word in words[place + 1 :] if not re.fullmatch(r"\d+(?:px|%)?", word)]
    alt = texts[-1] if texts else ""
    return f'<img src="{escape(words[place])}" alt="{escape(alt)}">'


def _figure(raw: str) -> str:
    """Hugo's (https://gohugo.io/shortcodes/figure/)."""
    named = _named(raw)
    source = named.get("src") or named.get("url") or named.get("image_path") or next(iter(arguments(raw)), "")
    if not source:
        return ""
    caption = " ".join(filter(None, (named.get("title"), named.get("caption"))))
    alt = named.get("alt", "")
    picture = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    return f"<figure>{picture}<figcaption>{escape(caption)}</figcaption></figure>"


def player(provider: Provider, raw: str) -> str:
    """A tag that means a provider: an argument, best one called `id`, `src` or `url`, is its id or URL."""
    named = _named(raw)
    first = named.get("id") or named.get("src") or named.get("url") or next(iter(arguments(raw)), "")
    words = [first, *(word.partition("=")[2] or word for word in arguments(raw))]
    found = (word if "//" in word else address_of(provider, word) for word in words)
    source = next(filter(None, found), "")
    if not source and first and provider.ids:  # a link to nowhere says more than nothing
        source = provider.ids[0][1].format(first)
    title = f' title="{escape(named["title"])}"' if named.get("title") else ""
    return f'\n\n<iframe src="{escape(source)}"{title}></iframe>\n\n' if source else ""


def _media_file(raw: str) -> str:
    found = re.search(r"(?:url=|src=)?[\"']?(https?://[^\s\"']+|[\w./%-]+\.(?:mp4|webm|mp3|m4a))", raw)
    if not found:
        return ""
    still = re.search(r"(?:pic|poster|cover)=[\"']?(https?://[^\s\"']+)", raw)
    poster = f' poster="{escape(still[1])}"' if still else ""
    return f'\n\n<iframe src="{escape(found[1])}"{poster}></iframe>\n\n'


_MUSIC = {"song": "2", "playlist": "0", "album": "1"}


def _music(raw: str) -> str:
    """`{% meting "60198" "netease" "playlist" %}` (https://github.com/MoePlayer/hexo-tag-aplayer)."""
    words = [word.rpartition("=")[2] for word in arguments(raw)]
    number = next(filter(str.isdecimal, words), "")
    kind = next((_MUSIC[word] for word in words if word in _MUSIC), "2")
    known = number and "netease" in words
    address = f"https://music.163.com/outchain/player?type={kind}&id={number}"
    return f'\n\n<iframe src="{escape(address)}"></iframe>\n\n' if known else ""


def included(raw: str, providers: Sequence[Provider]) -> str:
    """Jekyll's `{% include figure.html src="…" caption="…" %}`: a figure or a player by its file's name."""
    name, _, rest = raw.partition(" ")
    for provider in providers:
        if any(shortcode in name.lower() for shortcode in provider.shortcodes):
            return player(provider, rest)
    return _figure(rest) if re.search(r"(?i)fig|im(?:g|age)|pic|photo", name) and "=" in rest else ""


def _file_named(raw: str) -> str:
    """`{% asset_link filename [title] %}`: the file is not here, its title is."""
    words = arguments(raw)
    return escape(" ".join(words[1:]) or "".join(words))


def _last_text(raw: str) -> str:
    """`{% span red, 文字 %}`, `{% label primary @文字 %}`: the words after the last comma or at-sign."""
    return re.split(r"[,@，]", raw)[-1].strip()


def _post_link(raw: str) -> str:
    words = arguments(raw)
    return escape(" ".join(words[1:]) if len(words) > 1 else "".join(words[:1]))


def _link(raw: str) -> str:
    words = arguments(raw.replace(",", " "))
    target = next((word for word in words if "://" in word), "")
    text = " ".join(word for word in words if word != target and not word.startswith("fa"))
    return f'<a href="{escape(target)}">{escape(text or target)}</a>' if target else escape(text)


def _gist(raw: str) -> str:
    words = arguments(raw)
    address = "https://gist.github.com/" + "/".join(words[:2] if words and "/" not in words[0] else words[:1])
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _quote_start(_raw: str) -> str:
    return "\n\n<blockquote>\n\n"


def _quote_end(_raw: str) -> str:
    return "\n\n</blockquote>\n\n"


def _folding(raw: str) -> str:
    words = [
        word
        for word in arguments(raw.replace(",", " "))
        if word not in ("open", "close", "cyan", "blue", "green", "red", "yellow")
    ]
    return f"\n\n<p><strong>{escape(' '.join(words))}</strong></p>\n\n" if words else "\n\n"


def _details_start(raw: str) -> str:
    named = _named(raw)
    summary = named.get("summary") or named.get("title") or ""
    return f"\n\n<details><summary>{escape(summary)}</summary>\n\n"


def _hidden(raw: str) -> str:
    """Butterfly's `{% hideToggle display,bg,color %}`."""
    return f"\n\n<details><summary>{escape(raw.partition(',')[0].strip())}</summary>\n\n"


def _file_link(raw: str) -> str:
    address = next(iter(arguments(raw)), "")
    return f'<a href="{escape(address)}">{escape(address.rpartition("/")[2])}</a>' if address else ""


TAGS: dict[str, Callable[[str], str]] = {
    "asset_img": _picture,
    "img": _picture,
    "image": _picture,
    "fancybox": _picture,
    "figure": _figure,
    "hugo:figure": _figure,
    "hugo:image": _figure,
    "hugo:img": _figure,
    "iframe": _media_file,
    "video": _media_file,
    "audio": _media_file,
    "dplayer": _media_file,
    "aplayer": _media_file,
    "mp3": _media_file,
    "mp4": _media_file,
    "meting": _music,
    "asset_link": _file_named,
    "asset_path": lambda _raw: "",
    "gist": _gist,
    "post_link": _post_link,
    "link": _link,
    "btn": _link,
    "button": _link,
    "blockquote": _quote_start,
    "endblockquote": _quote_end,
    "quote": _quote_start,
    "endquote": _quote_end,
    "pullquote": _quote_start,
    "endpullquote": _quote_end,
    "cq": _quote_start,
    "endcq": _quote_end,
    "centerquote": _quote_start,
    "endcenterquote": _quote_end,
    "note": _quote_start,
    "endnote": _quote_end,
    "notice": _quote_start,
    "endnotice": _quote_end,
    "admonition": _quote_start,
    "endadmonition": _quote_end,
    "tip": _quote_start,
    "endtip": _quote_end,
    "alert": _quote_start,
    "endalert": _quote_end,
    "folding": _folding,
    "fold": _folding,
    "tab": _folding,
    "details": _details_start,
    "enddetails": lambda _raw: "\n\n</details>\n\n",
    "hidetoggle": _hidden,
    "endhidetoggle": lambda _raw: "\n\n</details>\n\n",
    "hideblock": _hidden,
    "endhideblock": lambda _raw: "\n\n</details>\n\n",
    "hideinline": lambda raw: escape(raw.partition(",")[0].strip()),
    "pdf": _file_link,
    "span": _last_text,
    "label": _last_text,
    "u": _last_text,
    "emp": _last_text,
    "wavy": _last_text,
    "del": _last_text,
    "kbd": _last_text,
    "psw": _last_text,
    "p": _last_text,
    "checkbox": lambda raw: ("☑ " if "checked" in raw else "☐ ") + _last_text(raw),
    "radio": lambda raw: ("☑ " if "checked" in raw else "☐ ") + _last_text(raw),
}
"""By the tag's name; `hugo:` before it where Hugo means another thing by the same name. Players are named by
their providers (`booklet.clean.providers`)."""
