"""The OpenAPI document: every path answers as it says, whatever is asked of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.web.api.urls import description
from tests.reporting.publishing import public_id

SCHEMA = json.loads(description())
GETS = [(path, methods["get"]) for path, methods in SCHEMA["paths"].items()]
TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """Where a value is not what its JSON schema says; what ninja writes and no more."""
    if "$ref" in schema:
        return faults(value, SCHEMA["components"]["schemas"][schema["$ref"].split("/")[-1]], where)
    if "anyOf" in schema:
        tried = [faults(value, one, where) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    kind = schema.get("type")
    if kind and (
        not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")
    ):
        return [f"{where}: {value!r} is no {kind}"]
    found = []
    if kind == "array":
        for n, item in enumerate(value):
            found += faults(item, schema.get("items", {}), f"{where}[{n}]")
    if kind == "object":
        known = schema.get("properties", {})
        found += [
            f"{where}: {name} is missing"
            for name in schema.get("required", ())
            if name not in value
        ]
        found += [f"{where}: {name} is not described" for name in value if name not in known]
        for name in value.keys() & known.keys():
            found += faults(value[name], known[name], f"{where}.{name}")
    if schema.get("format") == "date" and isinstance(value, str):
        dt.date.fromisoformat(value)
    return found


def answered(client: Any, path: str, told: dict[str, Any]) -> int:
    """Ask, and hold the answer against what the document says of its status."""
    answer = client.get(path)
    status = str(answer.status_code)
    assert status in told["responses"], (path, status, answer.content[:300])
    ((media_type, said),) = told["responses"][status]["content"].items()
    assert answer["Content-Type"].partition(";")[0] == media_type, path
    assert faults(json.loads(answer.content), said["schema"]) == [], path
    assert status != "500", path
    return answer.status_code


def test_the_document_is_whole_and_names_nothing_elsewhere(client: Any, db: Any) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert json.loads(answer.content) == SCHEMA
    assert SCHEMA["openapi"].startswith("3.1") and SCHEMA["info"]["license"]["name"] == "CC-BY-4.0"
    assert len(GETS) == len(SCHEMA["paths"]) >= 12
    ids = [told["operationId"] for _path, told in GETS]
    assert len(set(ids)) == len(ids)
    for path, told in GETS:
        assert set(told["responses"]) == {"200", "400", "404", "405", "429", "500"}, path
        assert told["summary"] and told["summary"] != told["operationId"]
        assert all(one["description"] for one in told["parameters"]), path


def test_every_path_answers_and_matches_its_schema(client: Any, told: Any) -> None:
    given = {"code": "9A001", "key": "dialogues_held", "report_id": str(public_id(told.report))}
    filled = 0
    for path, operation in GETS:
        asked = {"q": "mau"} if any(p["name"] == "q" for p in operation["parameters"]) else {}
        address = path.format(**given) + (f"?{urlencode(asked)}" if asked else "")
        assert answered(client, address, operation) == 200, path
        body = json.loads(client.get(address).content)
        filled += bool(body.get("items", True))
    assert filled == len(GETS)


def test_the_checker_itself_finds_what_is_wrong() -> None:
    unit = {"$ref": "#/components/schemas/UnitOut"}
    assert faults({"code": 5}, unit)
    assert faults({"items": None}, {"type": "object", "properties": {"items": {"type": "array"}}})
    assert not faults(None, {"anyOf": [{"type": "string"}, {"type": "null"}]})


def _values(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Values that fit, values that nearly fit, and anything."""
    options = schema.get("anyOf", [schema])
    made: list[st.SearchStrategy[str]] = [
        st.text(max_size=30),
        st.sampled_from(["", "0", "-1", "null", "9" * 30, "1e9", "٣", "'", "%", "\x00", "9A001"]),
    ]
    for one in options:
        if one.get("enum"):
            made.append(st.sampled_from(one["enum"]))
        elif one.get("type") == "integer":
            made.append(st.integers(one.get("minimum", -5), one.get("maximum", 2**64) + 5).map(str))
        elif one.get("type") == "boolean":
            made.append(st.sampled_from(["true", "false", "1", "0"]))
        elif one.get("format") == "date":
            made.append(st.dates().map(str))
        elif one.get("format") == "uuid":
            made.append(st.uuids().map(str))
        elif one.get("pattern"):
            # ECMAScript's $ is the end of the text; Python's would let a line feed pass.
            exact = one["pattern"].removeprefix("^").removesuffix("$")
            made.append(st.from_regex(re.compile(exact, re.ASCII), fullmatch=True))
    return st.one_of(*made)


@st.composite
def requests(draw: Any) -> tuple[str, dict[str, Any]]:
    """An address of the document with some of its parameters, and what is said of it."""
    path, told = draw(st.sampled_from(GETS))
    asked: dict[str, str] = {}
    for one in told["parameters"]:
        if one["in"] == "path":
            value = draw(_values(one["schema"]))
            path = path.replace(f"{{{one['name']}}}", quote(value, safe=""))
        elif one["required"] or draw(st.booleans()):
            asked[one["name"]] = draw(_values(one["schema"]))
    if draw(st.integers(0, 9)) == 0:
        asked[draw(st.text(min_size=1, max_size=10))] = draw(st.text(max_size=10))
    return path + (f"?{urlencode(asked)}" if asked else ""), told


@pytest.mark.parametrize("times", [60, pytest.param(2000, marks=pytest.mark.long)])
def test_whatever_is_asked_is_answered_as_described(client: Any, told: Any, times: int) -> None:
    seen = set()

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests())
    def ask(asked: tuple[str, dict[str, Any]]) -> None:
        path, operation = asked
        answer = client.get(path)
        if answer.status_code == 404 and "/units//" in path:
            return
        described = next(
            (one for known, one in GETS if _fits(known, path.partition("?")[0])), operation
        )
        seen.add(answered(client, path, described))

    ask()
    assert {200, 400} <= seen


def _fits(known: str, path: str) -> bool:
    pattern = re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(known))
    return re.fullmatch(pattern, path) is not None
