"""Django's ``{% static %}``, which keeps the address it found; stands under the name ``static``.

Every page names some ten files of its look, and their addresses change with a new release only.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.core.files.storage import storages
from django.template import Context
from django.template.base import Parser, Token
from django.templatetags.static import StaticNode, do_static

register = template.Library()


class _File(template.Node):
    """``{% static "design/danchu.css" %}``: asked once of the files that are served."""

    child_nodelists = ()

    def __init__(self, written_by: StaticNode) -> None:
        self._written_by = written_by
        self._kept: tuple[Any, str] = (None, "")
        self._address = ""

    def render(self, context: Context) -> str:
        files = storages["staticfiles"]
        served = (files, getattr(files, "manifest_hash", ""))
        if self._kept != served or not context.autoescape:
            self._address = str(self._written_by.render(context))
            self._kept = served if context.autoescape else (None, "")
        return self._address


@register.tag
def static(parser: Parser, token: Token) -> template.Node:
    """``{% static %}`` as Django has it; a quoted name is kept."""
    node = do_static(parser, token)
    is_quoted = not node.path.is_var and not node.path.filters
    return _File(node) if is_quoted and not node.varname else node
