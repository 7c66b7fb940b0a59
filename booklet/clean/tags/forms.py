"""The HTML that tags become. What is passed as `words` is text; what is passed as `content` is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from booklet.clean.vocabulary import names

BREAK = "\x00"
"""Where a block begins or ends: a blank line, with the tag's indent. No text holds this character by then."""

MACHINERY = names(
    "logo default primary secondary success info warning danger error light dark link muted note tip bug "
    "quote question important caution abstract summary todo example failure attention hint red orange "
    "yellow green cyan blue purple pink gray grey white black gold silver brown violet indigo teal lime "
    "amber rose magenta navy theme accent warn fail left right center centre middle top bottom inline "
    "block outline larger small large medium tiny mini big wide full fullwidth simple modern flat "
    "disabled icon no-icon noicon solid dashed dotted rounded boxed toggle open close closed true false "
    "auto none on off yes no h1 h2 h3 h4 h5 h6 done plus minus times checked nofollow external target "
    "_blank lazy bordered striped ul ol"
)
"""Words that tell a theme how a thing looks: of Butterfly, NexT, Fluid, Stellar, Volantis, Icarus, LoveIt."""
_LOOKS = re.compile(
    r"(?i)#[0-9a-f]{3,8}|-?\d+(?:\.\d+)?(?:px|r?em|%|vh|vw|pt|cm|mm|ms|s|deg)?|(?:rgb|hsl)a?\([^()]*\)|"
    r"fa[srlbd]?|(?:fa[srlbd]? )?fa-[\w -]+|icon-[\w-]+|(?:%[0-9a-f]{2})+[\w%.-]*"
)
PICTURE_FILE = re.compile(r"(?i)\S[^\n]*?\.(?:jpe?g|png|gif|webp|svg|bmp|avif|ico)(?:[?#]\S*)?")
ADDRESS = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]{1,20}:)?//\S+|mailto:\S+|[./]*/[^\s,]+|#\S+|www\.\S+")


def is_machinery(word: str) -> bool:
    """Whether a word is about looks alone."""
    return not word or word.lower() in MACHINERY or bool(_LOOKS.fullmatch(word))


def without_looks(words: Iterable[str]) -> list[str]:
    """The words that a reader of the site would see."""
    return [word for word in words if not is_machinery(word)]


def is_looks(text: str) -> bool:
    """Whether a field holds words about looks alone."""
    return all(is_machinery(word) for word in text.split()) or is_machinery(text)


def block(markup: str) -> str:
    """Markup that stands between paragraphs."""
    return f"{BREAK}{markup}{BREAK}" if markup else ""


def text(words: str) -> str:
    """Words in a paragraph or a line."""
    return escape(words, quote=False)


_MARKED = re.compile(r"`([^`]{1,200})`|\[([^\[\]]{1,200})\]\((https?://[^\s()\"]{1,500})\)")


def title_text(words: str) -> str:
    """Words of a title, which themes let Markdown read: code, what is bold, links."""

    def written(found: re.Match[str]) -> str:
        if found[1]:
            return f"<code>{found[1]}</code>"
        return f'<a href="{found[3]}">{found[2]}</a>'

    return _MARKED.sub(written, re.sub(r"\*\*([^*]{1,300})\*\*", r"\1", text(words)))


def strong_line(words: str) -> str:
    """A label on a line of its own."""
    return block(f"<p><strong>{title_text(words)}</strong></p>") if words else BREAK


def holding(name: str, content: str, head: str = "") -> str:
    """An element around blocks of Markdown."""
    return f"{BREAK}<{name}>{head}{BREAK}{content}{BREAK}</{name}>{BREAK}"


def box(title: str, content: str) -> str:
    """A note: a box if it has a title (for the step `boxes`), else set off as a quotation is."""
    if not title:
        return holding("blockquote", content)
    head = f'{BREAK}<p class="admonition-title">{title_text(title)}</p>'
    return f'{BREAK}<div class="admonition">{head}{BREAK}{content}{BREAK}</div>{BREAK}'


def folded(summary: str, content: str) -> str:
    """What a reader of the site opens by a click; a booklet has it open."""
    return holding("details", content, f"<summary>{title_text(summary)}</summary>" if summary else "")


def quotation(content: str, source: str = "", address: str = "", title: str = "") -> str:
    """A quotation with its author or source below."""
    by = text(source)
    if address:
        shown = title or re.sub(r"^https?://|/(?:index\.html?)?$", "", address)
        by = f"{by} {link(address, shown)}".strip()
    elif title:
        by = text(", ".join(filter(None, (source, title))))
    tail = f"{BREAK}<p>——{by}</p>" if by else ""
    return f"{BREAK}<blockquote>{BREAK}{content}{tail}{BREAK}</blockquote>{BREAK}"


def listing(code: str, language: str = "", title: str = "", source: str = "") -> str:
    """Code, with the name of its file above, and where it is from."""
    name = f' class="language-{escape(language)}"' if language else ""
    above = f"<code>{text(title)}</code>" if title else ""
    above = f"{above} {source}".strip()
    head = f"{BREAK}<p>{above}</p>" if above else ""
    body = escape(code.strip("\n"), quote=False)
    return f"{head}{BREAK}<pre><code{name}>{body}</code></pre>{BREAK}"


def picture(address: str, alt: str = "", caption: str = "") -> str:
    """A picture, in a figure if something is said below it."""
    image = f'<img src="{escape(address)}" alt="{escape(alt)}">' if address else ""
    if not caption:
        return image
    return block(f"<figure>{image}<figcaption>{text(caption)}</figcaption></figure>")


def link(address: str, words: str) -> str:
    """A link; its address is its text if it has no other. Spaces would end it for nobody but Markdown."""
    shown = words or address
    return f'<a href="{escape(address)}">{text(shown)}</a>' if address else text(shown)


def frame(address: str, title: str = "", still: str = "") -> str:
    """A player, for the step `embeds`."""
    named = f' title="{escape(title)}"' if title else ""
    poster = f' poster="{escape(still)}"' if still else ""
    return block(f'<iframe src="{escape(address)}"{poster}{named}></iframe>') if address else ""


def dedented(content: str) -> str:
    """A tag's content without the indent that all of its lines have."""
    lines = content.split("\n")
    depth = min((len(line) - len(line.lstrip(" \t")) for line in lines if line.strip()), default=0)
    return "\n".join(line[depth:] for line in lines).strip("\n") if depth else content.strip("\n")
