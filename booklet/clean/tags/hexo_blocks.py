"""Hexo's tags that hold or make blocks: quotations, notes, what folds, tabs, listings, lists."""

from __future__ import annotations

import re

from booklet.clean.tags.common import (
    told,
)
from booklet.clean.tags.forms import (
    BREAK,
    block,
    box,
    folded,
    is_looks,
    is_machinery,
    link,
    listing,
    quotation,
    strong_line,
    text,
    without_looks,
)
from booklet.clean.tags.tag import Tag

_TAB = re.compile(
    r"<!--\s*(?:tab(?:[ \t]+(?P<title>[^@\n]{0,200}?))?\s*(?:@(?P<icon>[^\n]{0,80}?))?"
    r"|(?:active)?item\s+[^'\n]{0,80}?'(?P<quoted>[^'\n]{0,200})')\s*-->|<!--\s*end(?:tab|item)\s*-->"
)
_NODE = re.compile(
    r"<!--\s*(?:timeline|node|folder)(?:[ \t]+(?P<title>[^\n]{0,300}?))?\s*-->"
    r"|<!--\s*end(?:timeline|node)\s*-->"
)
_ATTRIBUTION = re.compile(r"(?P<by>\S.*?)\s+(?P<address>https?://\S+)(?:\s+(?P<title>.+))?", re.DOTALL)
_FLINK = re.compile(r"^\s*-?\s*(name|link|descr|class_name|class_desc):\s*(.+?)\s*$", re.MULTILINE)


def quoted(tag: Tag) -> str:
    """`author, source link title` (https://hexo.io/docs/tag-plugins#Block-Quote)."""
    if tag.content is None:
        return quotation(text(" ".join(without_looks(tag.plain))))
    words = " ".join(tag.words)
    found = _ATTRIBUTION.fullmatch(words)
    if found:
        return quotation(tag.content, found["by"].rstrip(","), found["address"], found["title"] or "")
    return quotation(tag.content, words)


def bare_quotation(tag: Tag) -> str:
    """A quotation whose arguments are names of classes."""
    return box("", tag.content if tag.content is not None else text(" ".join(without_looks(tag.plain))))


def note(tag: Tag) -> str:
    """`class title`, or Icarus' `'title:Words'`; without an end, the words are the note (Stellar)."""
    parts = [part for word in tag.plain for part in word.split(",")]
    if len(tag.fields) > 1 and re.fullmatch(r"[a-z-]+", tag.fields[0]):  # Volantis: style, words
        parts = " ".join(tag.fields[1:]).split()
    words = without_looks(parts)
    if words:  # 完成度 100%: a figure is about looks only where no words are
        words = [part for part in parts if part in words or re.fullmatch(r"\d+(?:\.\d+)?%?", part)]
    if tag.name == "tip":  # its words are names of icons
        words = [word for word in words if not word.isascii()]
    title = tag.named.get("title") or " ".join(words)
    if tag.content is None:
        return box("", text(title)) if title else ""
    return box(title, tag.content)


def folding(tag: Tag) -> str:
    """`style, title`, Fluid's `style @title`, Stellar's `color:red title`."""
    title = title_of(tag)
    if tag.content is None:
        return strong_line(title)
    return folded(title, tag.content)


def title_of(tag: Tag) -> str:
    """The title of what folds, without the words in front that are about its looks."""
    if given := tag.named.get("summary") or tag.named.get("title"):
        return given
    joined = ", ".join(part for part in tag.fields if part)
    if "@" in joined:
        return joined.partition("@")[2].strip()
    parts = [
        part for part in re.split(r"[,，]\s*", " ".join(tag.plain)) if part.strip() and not is_looks(part)
    ]
    return ", ".join(" ".join(inner(part)) for part in parts)


def inner(part: str) -> list[str]:
    """A title's words without those in front that are about its looks: `cyan open 标题`."""
    words = part.split()
    while words and is_machinery(words[0]):
        words.pop(0)
    return words


def hidden(tag: Tag) -> str:
    """Butterfly's `display,background,color`."""
    return folded(tag.fields[0], tag.content or "") if tag.content is not None else strong_line(tag.fields[0])


def tabs(tag: Tag) -> str:
    """Each tab below its name; one without a name has the group's and its number."""
    content = tag.content or ""
    group = "" if tag.named else next(filter(None, tag.fields), "")
    number = 0

    def named(found: re.Match[str]) -> str:
        nonlocal number
        if found["title"] is None and found["quoted"] is None and "end" in found[0][:9]:
            return BREAK
        number += 1
        title = (found["title"] or found["quoted"] or "").strip()
        return strong_line(title or ("" if (found["icon"] or "").strip() else f"{group} {number}".strip()))

    written = _TAB.sub(named, content)
    head = "" if number or is_machinery(group) or group.isascii() else strong_line(group)
    return f"{head}{BREAK}{written}{BREAK}"


def timeline(tag: Tag) -> str:
    """A line of moments, each below its time: NexT's and Butterfly's, Stellar's nodes."""
    title = "" if tag.named else tag.fields[0]
    content = _NODE.sub(lambda found: moment(found["title"] or ""), tag.content or "")
    return f"{strong_line(title) if title else BREAK}{content}{BREAK}"


def moment(words: str) -> str:
    """When something was: Markdown, with links."""
    return f"{BREAK}**{words.strip()}**{BREAK}" if words.strip() else BREAK


def timenode(tag: Tag) -> str:
    """One moment, below its time."""
    when = ", ".join(part for part in tag.fields if not is_machinery(part))
    return f"{moment(when)}{tag.content or ''}{BREAK}"


def codeblock(tag: Tag) -> str:
    """`[title] [lang:x] [url] [link text] [options]` (https://hexo.io/docs/tag-plugins#Code-Block)."""
    options = ("lang", "line_number", "highlight", "first_line", "mark", "wrap", "language", "line_threshold")
    words = [word for word in tag.words if not re.match(rf"(?:{'|'.join(options)})[:=]", word)]
    language = tag.named.get("lang") or tag.named.get("language") or ""
    address = next((word for word in words if "://" in word), "")
    place = words.index(address) if address else len(words)
    if tag.name in {"code", "highlight"} and not language and words:  # Liquid's: the language comes first
        language, words, place = words[0], [], 0
    title, shown = " ".join(words[:place]), " ".join(words[place + 1 :])
    return listing(
        tag.inside, language if re.fullmatch(r"[\w+#.-]{1,20}", language) else "", title, link(address, shown)
    )


def include_code(tag: Tag) -> str:
    """`[title] [lang:x] [from:n] [to:n] path`: a file of the site's, of which its names are left."""
    words = tag.plain
    if not words:
        return ""
    title = " ".join(words[:-1])
    return told(tag, block(f"<p>{text(title)} <code>{text(words[-1])}</code></p>".replace("<p> ", "<p>")))


def link_grid(tag: Tag) -> str:
    """NexT's: `name | address | description | picture` a line; `%` begins a remark."""
    items = []
    for line in tag.inside.split("\n"):
        name, address, about = (*(part.strip() for part in line.split("|")), "", "", "")[:3]
        if name and not name.startswith("%"):
            items.append(f"<li>{link(address, name)}{f'：{text(about)}' if about else ''}</li>")
    return block(f"<ul>{''.join(items)}</ul>") if items else ""


def friends(tag: Tag) -> str:
    """Butterfly's list of friends, in YAML."""
    items: list[dict[str, str]] = []
    for key, value in _FLINK.findall(tag.inside):
        if key in {"name", "class_name"} or not items:
            items.append({})
        items[-1][key] = value.strip("\"'")
    lines = [
        f"<li>{link(item.get('link', ''), item.get('name') or item.get('class_name') or '')}"
        f"{'：' + text(item['descr']) if item.get('descr') else ''}</li>"
        for item in items
    ]
    return block(f"<ul>{''.join(lines)}</ul>") if lines else ""


def poem(tag: Tag) -> str:
    """Stellar's `{% poetry title author:x date:x footer:x %}`."""
    by = " ".join(filter(None, (tag.named.get("author"), tag.named.get("date"))))
    title = " ".join(tag.plain)
    lines = (tag.content or "").strip().replace("\n", "<br>\n")
    foot = tag.named.get("footer", "")
    body = f"<p>{text(by)}</p>{BREAK}{lines}" if by else lines
    return box(title, f"{body}{block(f'<p>{text(foot)}</p>') if foot else ''}")
