"""Each kind of mistake in a spec is told at its line and column of the file, however that spells it."""

from __future__ import annotations

import json

import pytest

from tests.rules.course import files, found, places

MISTAKES = {
    "not YAML": ("port:\n  tcp:80:\n    listening: a: b\n", "YS501", 3, 17, 18),
    "no mapping": ("- port\n", "YS501", 1, 1, 2),
    "a second document": ("port:\n  tcp:80: {listening: true}\n---\nfile:\n", "YS501", 3, 1, 4),
    "a key that is a list": ("port:\n  ? [tcp:80]\n  : {listening: true}\n", "YS501", 2, 5, 13),
    "a merge of a text": ("port:\n  tcp:80:\n    listening: true\n    <<: x\n", "YS501", 4, 9, 10),
    "a second key": ("port:\n  a:\n    listening: true\n  a:\n    listening: true\n", "YS502", 4, 3, 4),
    "an unknown type": ("file:\n  /a:\n    exists: true\nprot:\n  a:\n    x: 1\n", "YS503", 4, 1, 5),
    "an unknown attribute": ("port:\n  tcp:80:\n    listning: true\n", "YS504", 3, 5, 13),
    "a wrong value": ('port:\n  tcp:80:\n    listening: "yes"\n', "YS505", 3, 16, 21),
    "a resource of nothing": ("port:\n  tcp:80:\n", "YS505", 2, 3, 9),
    "an unknown matcher": ("http:\n  a:\n    status: {above: 1}\n", "YS506", 3, 14, 19),
    "a wrong argument": ("http:\n  a:\n    status:\n      gt: '1'\n", "YS506", 4, 11, 14),
    "no required attribute": ("file:\n  /a:\n    size: 1\n", "YS507", 2, 3, 5),
    "an old name": ("file:\n  /a:\n    exists: true\n    contains: [a]\n", "YS508", 4, 5, 13),
    "no regular expression": ("command:\n  a:\n    exit-status: 0\n    stdout: [/(/]\n", "YS509", 4, 14, 17),
    "a tag": ("command:\n  a:\n    exit-status: 0\n    stdout:\n    - !/a/\n", "YS510", 5, 7, 11),
    "a pattern alone": ("command:\n  a:\n    exit-status: 0\n    stdout: /é/\n", "YS511", 4, 13, 16),
    "a short timeout": ("command:\n  a:\n    exit-status: 0\n    timeout: 30\n", "YS512", 4, 14, 16),
    "nothing under a type": ("file:\nport:\n  a: {listening: true}\n", "YS513", 1, 1, 5),
    "a template": ("file:\n  {{ .Vars.x }}:\n    exists: maybe\n", "YS514", 2, 3, 5),
}


def check_spec(spelling: str) -> list[tuple[str, str, int | None, int | None, int | None]]:
    return places(found(files({"one": spelling})))


@pytest.mark.parametrize(("spec", "code", "line", "column", "end"), MISTAKES.values(), ids=MISTAKES.keys())
def test_in_a_literal_block(spec: str, code: str, line: int, column: int, end: int) -> None:
    block = "".join(f"  {each}" for each in spec.splitlines(keepends=True))
    expected = [(code, "steps/one.yaml", line + 4, column + 2, end + 2)]
    assert expected == check_spec(f"goss_spec: |\n{block}")


@pytest.mark.parametrize(("spec", "code", "line", "column", "end"), MISTAKES.values(), ids=MISTAKES.keys())
def test_in_double_quotes(spec: str, code: str, line: int, column: int, end: int) -> None:
    quoted = f"goss_spec: {json.dumps(spec, ensure_ascii=False)}"

    def spelled(line: int, column: int) -> int:
        before = "".join(spec.splitlines(keepends=True)[: line - 1])
        text = before + spec.splitlines()[line - 1][: column - 1]
        return len('goss_spec: "') + len(json.dumps(text, ensure_ascii=False)) - 2 + 1

    last = spelled(line, end - 1)
    width = len(json.dumps(spec.splitlines()[line - 1][end - 2], ensure_ascii=False)) - 2
    told = check_spec(quoted + "\n")
    assert [(code, "steps/one.yaml", 4, spelled(line, column))] == [place[:4] for place in told]
    assert told[0][4] in (last + 1, last + width)


@pytest.mark.parametrize("spec", ['""', "|\n  # Only this.\n", '"{}"', '"---\\n"'])
def test_a_spec_that_says_nothing_is_told_where_it_stands(spec: str) -> None:
    ((code, path, line, column, _),) = check_spec(f"goss_spec: {spec}\n")
    assert (code, path, line) == ("YS513", "steps/one.yaml", 4)
    assert column in (12, 13)


def test_an_empty_value_is_told_at_its_key() -> None:
    spec = "goss_spec: |\n  file:\n    /a:\n      exists:\n"
    assert check_spec(spec) == [("YS507", "steps/one.yaml", 7, 7, 13)]
