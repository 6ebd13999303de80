"""The help of every command: each option is explained, in the language that is asked for."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator

import pytest

from danchu.cli import COMMANDS, main
from danchu.cli.output import Parser
from danchu.core.accounts.roles import ROLES


def commands_below(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for group in groups:
        for inner in group.choices.values():
            yield from commands_below(inner)
    if not groups:
        yield parser


def every_command() -> list[argparse.ArgumentParser]:
    parser = Parser(prog="danchu")
    commands = parser.add_subparsers(parser_class=Parser)
    for module in dict.fromkeys(COMMANDS.values()):
        importlib.import_module(f"danchu.cli.{module}").add(commands)
    assert set(commands.choices) == set(COMMANDS)
    return list(commands_below(parser))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_option_has_a_help_text_and_a_word_for_its_value(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANCHU_LANG", language)
    found = every_command()
    assert len(found) > 20
    for command in found:
        for action in command._actions:
            place = f"{command.prog} {action.option_strings or action.dest}"
            assert action.help, place
            if action.nargs != 0 and action.help is not argparse.SUPPRESS:
                assert action.metavar or action.choices, place
            if action.metavar and language == "vi":
                assert action.metavar not in ("DATE", "FILE", "CODE", "PATH", "UNIT"), place
        assert command.format_help()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_prints_its_help_and_ends_well(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"cách dùng: danchu {command}")
    assert told.err == ""


def test_the_roles_are_listed_where_one_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["account", "create", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert all(f"{role.key}: {role.name_vi}" in told for role in ROLES.values())


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (
            ["workdays", "16/11/2026", "seven"],
            "SỐ_NGÀY: “seven” không phải là số nguyên; ghi bằng chữ số, ví dụ 5",
            "“seven” is no whole number; write it in digits, such as 5",
        ),
        (["ledger", "proof", "0"], "số nguyên từ 1 trở lên", "whole number from 1 on"),
        (
            ["law", "duties", "--kind", "village"],
            "không có lựa chọn “village”. Chọn một trong: commune: xã, phường, đặc khu; agency:",
            "there is no choice “village”. Choose one of: commune: commune, ward, special zone",
        ),
        (
            ["deadline", "kn_l1", "--from", "16/11/2026", "--calendar", "lunar"],
            "public: khu vực công; enterprise: doanh nghiệp",
            "public: the public sector; enterprise: an enterprise",
        ),
        (["report", "9A", "2026H1", "--layout", "x"], "party: của Đảng", "party: the Party"),
    ],
)
def test_a_wrong_value_is_told_in_words_with_what_may_be_given(
    arguments: list[str],
    vi: str,
    en: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for language, said in (("vi", vi), ("en", en)):
        monkeypatch.setenv("DANCHU_LANG", language)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        told = " ".join(capsys.readouterr().err.split())
        assert said in told
        assert "giá trị không hợp lệ" not in told and "invalid" not in told


def test_every_rhythm_of_the_law_and_every_unit_of_reading_has_its_words() -> None:
    from danchu.core.law.shipped import shipped_catalogue
    from danchu.core.law.words import PERIOD_NAMES
    from danchu.reporting.figures.dictionary import shipped
    from danchu.reporting.reading.extraction.lexicon.relations import UNIT_OF_CLASS, UNITS
    from danchu.reporting.reading.extraction.unit_words import UNIT_WORDS

    rhythms = {rule.period for rule in shipped_catalogue().rules.values() if rule.period}
    assert rhythms <= set(PERIOD_NAMES)
    units = {*UNITS.values(), *(u for kinds in UNIT_OF_CLASS.values() for u in kinds.values())}
    units |= {part for one in shipped().values() for part in one.unit.split(", ")}
    assert units <= set(UNIT_WORDS)
