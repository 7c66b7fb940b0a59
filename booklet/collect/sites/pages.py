"""Pages that a site has and a booklet does not want: its lists of tags, its sections, its templates. Pure."""

from __future__ import annotations

import re

from booklet.collect.sites.permalinks import given
from booklet.model import Article

_LISTS = frozenset(
    {"tags", "tag", "categories", "category", "archives", "archive", "search", "home", "404", "redirect"}
    | {"tag_page", "category_page", "tagcloud", "taglist", "term", "terms", "taxonomy", "blog", "page-list"}
)
"""Layouts and types of pages that a theme fills (Hexo's NexT and Butterfly, Jekyll's Minimal Mistakes)."""
_MOST_WORDS = 300
"""Characters of a list's own introduction; a page with more says something."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCED = re.compile(r"(?ms)^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|`[^`\n]+`")
_LOOP = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+(?:site\.|paginator\.)|\{\{-?\s*content\s*-?\}\}")
"""Of Liquid: over the site's posts, or a layout's place for them."""
_GO_TEMPLATE = re.compile(
    r"\{\{-?\s*(?:define\s+\"|block\s+\"|partial(?:Cached)?\s+\"|template\s+\"|range\b|end\b|\.(?:Title|Content|Site)\b)"
)
_MARK = re.compile(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_MAX_CHARS = 200_000
_LEAST_TEMPLATE_MARKS = 2


def why_no_article(article: Article) -> str:
    """Why a file is no article but a page of its site alone: a code `reason.page-…`; empty: it is one."""
    body = _FENCED.sub("", _COMMENT.sub("", article.body[:_MAX_CHARS]))
    if article.body_format == "html" and len(_GO_TEMPLATE.findall(body)) >= _LEAST_TEMPLATE_MARKS:
        return "page-template"
    if article.site is None:
        return ""
    if article.source_path.stem == "_index" and article.site.generator == "hugo":
        return "page-section"
    if not article.body.strip() and not article.cover:
        return "page-empty"
    return "page-list" if _is_list(article, body) else ""


def _is_list(article: Article, body: str) -> bool:
    """Whether the theme fills the page in, and it says little itself."""
    if len("".join(_MARK.sub("", body).split())) > _MOST_WORDS:
        return False
    if {given(article, "layout").casefold(), given(article, "type").casefold()} & _LISTS:
        return True
    return "_posts" not in article.source_path.parts and bool(_LOOP.search(body))
