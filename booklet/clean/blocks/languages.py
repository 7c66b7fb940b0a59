"""Languages of code: the lexers that may run, the names that sites give them, what a listing itself says."""

from __future__ import annotations

import re

from booklet.clean.vocabulary import names

LEXERS = names(
    "python pycon javascript typescript html xml css scss less sass java kotlin scala go rust c cpp csharp "
    "objective-c swift ruby php perl lua r matlab julia sql mysql bash console powershell doscon bat yaml "
    "toml ini properties nginx apacheconf docker make cmake diff dart haskell elixir erlang clojure "
    "scheme common-lisp vb.net fortran nasm graphql protobuf tex http vim groovy json"
)
"""Pygments' names of the lexers that were tried against hostile text. Its other 500 are not run."""

_ALIASES = {
    "js": "javascript", "jsx": "javascript", "mjs": "javascript", "node": "javascript", "ts": "typescript",
    "tsx": "typescript", "py": "python", "python3": "python", "rb": "ruby", "golang": "go", "rs": "rust",
    "c++": "cpp", "h": "c", "hpp": "cpp", "cs": "csharp", "c#": "csharp", "objc": "objective-c",
    "objectivec": "objective-c", "sh": "bash", "shell": "bash", "zsh": "bash", "ps1": "powershell",
    "shell-session": "console", "shellsession": "console", "dos": "bat", "cmd": "bat", "batch": "bat",
    "yml": "yaml", "conf": "ini", "apache": "apacheconf", "dockerfile": "docker", "makefile": "make",
    "vue": "html", "xhtml": "html", "htm": "html", "svg": "xml", "rss": "xml", "kt": "kotlin",
    "postgresql": "sql", "sqlite": "sql", "plsql": "sql", "latex": "tex", "lisp": "common-lisp",
    "elisp": "common-lisp", "vb": "vb.net", "vbnet": "vb.net", "asm": "nasm",
    "patch": "diff", "jsonc": "json", "json5": "json", "hs": "haskell", "proto": "protobuf",
    "pl": "perl", "clj": "clojure", "ex": "elixir", "erl": "erlang", "viml": "vim",
}  # fmt: skip

_GUESSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bash", re.compile(r"#!\s*/\S*(?:/env\s+)?/?(?:ba|z|da)?sh\b|#!\s*/usr/bin/env\s+(?:ba|z)?sh\b")),
    ("python", re.compile(r"#!\s*/\S*(?:/env\s+)?\s*python[\d.]*\b")),
    ("php", re.compile(r"<\?php\b")),
    ("html", re.compile(r"(?i)<!doctype html\b|<html\b[^<>]*>")),
    ("xml", re.compile(r"<\?xml\s")),
    ("diff", re.compile(r"diff --git |--- \S[^\n]*\n\+\+\+ \S[^\n]*\n@@ ")),
    ("c", re.compile(r"#include\s*<\w+\.h>")),
    ("cpp", re.compile(r"#include\s*<\w+>")),
    ("go", re.compile(r"package [a-z]\w*\s*\n\s*(?:import|func|type|var|const)\b")),
    ("java", re.compile(r"(?:package|import) (?:static )?[a-z]\w*(?:\.\w+)+(?:\.\*)?;")),
    ("python", re.compile(r"from [\w.]+ import \w|import [\w.]+ as \w+\n|def \w+\([^()\n]*\)[^\n{]*:\n")),
    ("docker", re.compile(r"FROM [\w./:-]+(?: AS \w+)?\n+(?:RUN|COPY|CMD|WORKDIR|ENV|LABEL|ARG) ")),
    ("javascript", re.compile(r"import [\w*{][^\n;'\"]{0,200} from ['\"]|export (?:default|const) ")),
    ("vb.net", re.compile(r"(?:(?:Private|Public) )?(Sub|Function) \w+\([^\n]*\n[\s\S]*\nEnd \1\s*\Z")),
    ("json", re.compile(r"[\[{]\s*(?:\{\s*)?\"[\w $@./-]+\"\s*:[\s\S]*[}\]]\s*\Z")),
)  # fmt: skip
"""What the first lines of a listing must be. More than one may fit: the first one does."""


def lexer_name(named: str, text: str) -> str:
    """The lexer for a listing, or empty: by the language's name, else by how the text begins."""
    if named:
        name = _ALIASES.get(named, named)
        return name if name in LEXERS else ""
    return next((name for name, start in _GUESSES if start.match(text.lstrip("\n"))), "")
