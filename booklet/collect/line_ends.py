"""What single line ends are in a folder's articles: as was asked, as the site has it, or by the text.

Each paragraph is judged again when it is cleaned; what is decided here holds where it does not tell. Pure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from booklet.findings import Finding, finding
from booklet.model import Article
from booklet.sites import LineBreaks, LineEnds
from booklet.words.line_ends import Verdict, verdict

_FENCED = re.compile(r"(?ms)^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)")
_NO_PROSE = re.compile(r"\s{4}|\t|\s{0,3}(?:#|>|[-*+] |\d{1,9}[.)] |\||<|\$\$|!\[|\[[^\]]*\]:|:::|\{)")
"""How lines begin that are no paragraph's, or no plain one's."""
_MARKS = re.compile(r"!\[[^\]]{0,200}\]\([^)]{0,500}\)|(?<=\])\([^)]{0,500}\)|[*`\[\]]")
_MAX_CHARS = 60_000
"""Of an article: enough to tell how it was typed."""
_MAX_PASSAGES = 400
"""Of a folder."""


def decide(
    articles: Sequence[Article], asked: Mapping[Path, LineBreaks]
) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    """The articles with `line_breaks` set, and what it is for each folder with paragraphs of several lines.

    Args:
        articles: of all sources.
        asked: by source or folder, absolute; the nearest above an article counts, `auto` where there is none.
    """
    folders: dict[tuple[str, LineBreaks], list[Article]] = defaultdict(list)
    for article in articles:
        if article.body_format == "markdown":
            folders[_folder(article), _asked(article, asked)].append(article)
    decided: dict[int, LineEnds] = {}
    findings = []
    for (folder, wanted), members in folders.items():
        meant = Counter(verdict(lines) for lines in _passages(members))
        ends, reason = _of_folder(wanted, members[0], meant)
        decided.update(dict.fromkeys(map(id, members), ends))
        if meant.total():
            code = "line-ends-kept" if ends.endswith("keep") else "line-ends-joined"
            counts = {"kept": meant["keep"], "joined": meant["join"], "count": meant.total()}
            findings.append(finding(code, folder, None, reason=reason, **counts))
    placed = (
        replace(article, line_breaks=decided[id(article)]) if id(article) in decided else article
        for article in articles
    )
    return tuple(placed), tuple(findings)


def _folder(article: Article) -> str:
    """The site's folder, else the first one below the source: what one person wrote, or a program."""
    if article.site:
        return article.site.folder.name
    first, *rest = PurePosixPath(article.source).parts
    return f"{article.root.name}/{first}" if rest else article.root.name


def _asked(article: Article, asked: Mapping[Path, LineBreaks]) -> LineBreaks:
    for place in (article.source_path, *article.source_path.parents) if asked else ():
        if place in asked:
            return asked[place]
    return "auto"


def _of_folder(wanted: LineBreaks, article: Article, meant: Mapping[Verdict, int]) -> tuple[LineEnds, str]:
    if wanted != "auto":
        return wanted, "lines-asked"
    if article.site:
        return ("rather-keep" if article.site.line_breaks == "keep" else "rather-join"), "lines-site"
    return ("rather-keep" if meant["keep"] > meant["join"] else "rather-join"), "lines-text"


def _passages(articles: Sequence[Article]) -> Iterator[list[str]]:
    """Paragraphs of several lines, without markup."""
    left = _MAX_PASSAGES
    for article in articles:
        for block in re.split(r"\n[ \t]*\n", _FENCED.sub("\n\n", article.body[:_MAX_CHARS])):
            lines = block.strip("\n").split("\n")
            if len(lines) < 2 or any(map(_NO_PROSE.match, lines)):  # noqa: PLR2004 - one line says nothing
                continue
            plain = [text for line in lines if (text := _MARKS.sub("", line).strip())]
            if len(plain) > 1:
                yield plain
                left -= 1
            if not left:
                return
