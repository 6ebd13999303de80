"""Django's own tags for words and addresses, which keep what they found; builtins.

A page says some hundred words and names some thirty addresses. In one language they are the
same on every page that is ever made, and finding them again costs more than all the rest of a
short page. Templates are written as for Django's tags, whose every form still works: what
cannot be kept is left to them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template import Context, TemplateSyntaxError
from django.template.base import Parser, Token, render_value_in_context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as any_address
from django.templatetags.i18n import (
    BlockTranslateNode,
    TranslateNode,
    do_block_translate,
    do_translate,
)
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()

Place = tuple[str | None, str, str]
_UUID, _NUMBER = UUID(int=2**127 + 2**63), 7_000_000_000_000
_LONGEST_CODE = 19


def place_of_addresses() -> Place:
    """What decides how a named address is written, beside its arguments."""
    return get_language(), get_script_prefix(), settings.ROOT_URLCONF


def address_with(name: str, value: UUID | int) -> str:
    """The address of a named page that takes one id: how it is written is worked out once."""
    parts = _around(name, isinstance(value, UUID), place_of_addresses())
    return f"{parts[0]}{value}{parts[1]}" if len(parts) == 2 else reverse(name, args=[value])


@cache
def _around(name: str, by_uuid: bool, _place: Place) -> list[str]:
    """What stands before and after the id; more or less where it cannot be told from the rest."""
    stand_in = _UUID if by_uuid else _NUMBER
    return reverse(name, args=[stand_in]).split(str(stand_in))


def address_of_codes(name: str, *codes: str) -> str:
    """The address of a named page that takes codes: of units, periods.

    What is longer than a code may be the secret of a link, and is not kept.
    """
    if max(map(len, codes)) > _LONGEST_CODE:
        return reverse(name, args=codes)
    return _address(name, codes, place_of_addresses())


@lru_cache(maxsize=8192)
def _address(name: str, codes: tuple[str, ...], _place: Place) -> str:
    return reverse(name, args=codes)


class _Words(template.Node):
    """``{% trans "…" %}``: looked up once in each language."""

    child_nodelists = ()

    def __init__(self, said_by: TranslateNode) -> None:
        self._said_by = said_by
        self._kept: dict[str | None, Any] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        said = self._kept.get(language)
        if said is None:
            said = self._said_by.render(context)
            if self._said_by.asvar:
                said = context[self._said_by.asvar]
            self._kept[language] = said
        if self._said_by.asvar:
            context[self._said_by.asvar] = said
            return ""
        return str(said)


@register.tag("trans")
@register.tag("translate")
def words(parser: Parser, token: Token) -> template.Node:
    """``{% trans "…" %}`` as Django has it; words in quotes are kept."""
    quoted = token.split_contents()[1][:1] in "\"'"
    node = do_translate(parser, token)
    is_kept = quoted and not node.message_context and "|" not in token.contents
    return _Words(node) if is_kept else node


class _Sentence(BlockTranslateNode):
    """``{% blocktrans %}``: the message is put together once, and looked up once in a language."""

    def render(self, context: Context, nested: bool = False) -> str:
        if nested or self.asvar or self.message_context or (self.plural and not self.counter):
            return str(super().render(context, nested))
        said = {name: value.resolve(context) for name, value in self.extra_context.items()}
        message, names = self._message(context, said)
        values = {name: _written(name, said, context) for name in names}
        try:
            result = message % values
        except (KeyError, ValueError):  # a broken translation: Django tells or mends it
            return str(super().render(context))
        return result

    def _message(self, context: Context, said: dict[str, Any]) -> tuple[str, list[str]]:
        """The message in the language of the page, and the names of its values."""
        kept = self.__dict__.setdefault("_kept", {})
        if not self.plural:
            language = get_language()
            if language not in kept:
                message, names = self.render_token_list(self.singular)
                kept[language] = (gettext(message), names)
            return kept[language]  # type: ignore[no-any-return]
        if "" not in kept:
            kept[""] = (self.render_token_list(self.singular), self.render_token_list(self.plural))
        (one, names), (many, more) = kept[""]
        count: Any = self.counter.resolve(context) if self.counter else None
        said[str(self.countervar)] = count
        if not isinstance(count, int):
            raise TemplateSyntaxError(f"{self.countervar!r} counts, and is {count!r}")
        return ngettext(one, many, count), [*names, *more]


def _written(name: str, said: dict[str, Any], context: Context) -> str:
    if name in said:
        value = said[name]
    elif name in context:
        value = context[name]
    else:
        value = ""  # as Django shows what is not there
    if type(value) is int and -1000 < value < 1000:
        return str(value)  # written alike in every language
    return render_value_in_context(value, context)


@register.tag("blocktrans")
@register.tag("blocktranslate")
def sentence(parser: Parser, token: Token) -> template.Node:
    """``{% blocktrans %}`` as Django has it."""
    node = do_block_translate(parser, token)
    node.__class__ = _Sentence
    return node


class _Address(template.Node):
    """``{% url "name" %}``, alone, with one id or with codes: how it is written is kept."""

    child_nodelists = ()

    def __init__(self, written_by: URLNode) -> None:
        self._written_by = written_by
        self._name = str(written_by.view_name.var)
        self._kept: dict[tuple[type | None, Place], list[str]] = {}

    def render(self, context: Context) -> str:
        node = self._written_by
        values: list[Any] = [value.resolve(context) for value in node.args]
        if values and context.autoescape and all(type(value) is str for value in values):
            return str(conditional_escape(address_of_codes(self._name, *values)))
        value: Any = values[0] if values else None
        kind = type(value) if node.args else None
        is_id = kind is UUID or (kind is int and 0 <= value < _NUMBER)
        if not context.autoescape or len(values) > 1 or not (is_id or kind is None):
            return str(node.render(context))
        key = (kind, place_of_addresses())
        parts = self._kept.get(key)
        if parts is None:
            parts = self._kept[key] = self._parts(kind)
        if kind is None:
            return parts[0]
        if len(parts) != 2:  # the id could not be told from the rest of the address
            return str(node.render(context))
        return f"{parts[0]}{value}{parts[1]}"

    def _parts(self, kind: type | None) -> list[str]:
        """The address; with an id, what stands before and after it."""
        if kind is None:
            return [str(conditional_escape(reverse(self._name)))]
        around = _around(self._name, kind is UUID, place_of_addresses())
        return [str(conditional_escape(part)) for part in around]


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """``{% url %}`` as Django has it; a quoted name with one id, codes or nothing is kept."""
    node = any_address(parser, token)
    simple = not node.asvar and not node.kwargs
    quoted = not node.view_name.is_var and not node.view_name.filters
    return _Address(node) if simple and quoted else node
