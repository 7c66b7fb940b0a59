"""The sandbox's short ways lead nowhere that its long way would not."""

from __future__ import annotations

from dataclasses import is_dataclass

import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from booklet.render.templates import context, sandbox
from booklet.render.templates.context import LinkView
from booklet.render.templates.sandbox import Sandbox

LINK = LinkView(7, "https://example.org/a", "example.org/a")
LABELS = {"toc": "目录", "items": "条目", "minutes": "约 {n} 分钟", "dotted": "{n}. {n.__class__}"}


def shown(expression: str, environment: type[ImmutableSandboxedEnvironment]) -> str:
    template = environment(undefined=StrictUndefined, autoescape=True).from_string(
        "{% macro twice(text) %}{{ text }}{{ text }}{% endmacro %}{{ " + expression + " }}"
    )
    return template.render(link=LINK, labels=LABELS, markup=Markup("<b>{n}</b>"))


@pytest.mark.parametrize(
    "expression",
    [
        "link.number",
        "link.short_url",
        "link['url']",
        "link.url.upper()",
        "labels.toc",
        "labels['items']",
        "labels.items()|list",
        "labels.minutes.format(n=3)",
        "labels.minutes.format_map({'n': 3})",
        "markup.format(n='<i>')",
        "'{:>9,}'.format(1234)",
        "'{}'.format(link.number)",
        "twice(labels.toc)",
        "twice(text=link.number)",
        "range(3)|list",
    ],
)
def test_what_is_allowed_gives_the_same(expression: str) -> None:
    assert shown(expression, Sandbox) == shown(expression, ImmutableSandboxedEnvironment)


@pytest.mark.parametrize(
    "expression",
    [
        "link.__class__.__mro__",
        "link.__init__.__globals__",
        "link.__dataclass_fields__.number.type",
        "labels.__class__.__base__",
        "labels.update({'toc': 'x'})",
        "labels.clear()",
        "labels.minutes.format.__self__.__class__",
        "labels.minutes.format.__globals__",
        "labels.dotted.format(n=link)",
        "'{0.__class__}'.format(link)",
        "'{0[__class__]}'.format(link)",
        "'{0.__init__.__globals__}'.format_map({'0': link})",
        "twice.__call__.__globals__",
        "twice.__init__.__globals__",
        "twice(1, 2, 3)",
        "link.nothing",
        "labels.nothing",
    ],
)
def test_what_is_refused_stays_so(expression: str) -> None:
    for environment in (ImmutableSandboxedEnvironment, Sandbox):
        with pytest.raises((SecurityError, Exception)):
            shown(expression, environment)


def test_every_view_is_known() -> None:
    views = {
        value
        for value in vars(context).values()
        if isinstance(value, type) and is_dataclass(value) and value is not context.TemplateContext
    }
    assert views == set(sandbox._FIELDS)


def test_no_field_of_a_view_is_a_methods_name() -> None:
    for view, names in sandbox._FIELDS.items():
        assert not any(callable(getattr(view, name, None)) or name.startswith("_") for name in names)
