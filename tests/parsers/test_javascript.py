"""Parsers written in JavaScript read every exported file to the same values (YAML-64)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests import strategies
from tests.conftest import ROOT, corpus_databases
from yamlsync.database.read import read_database
from yamlsync.document import spelling
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.layout.files import shape_of
from yamlsync.layout.update import plan_update
from yamlsync.publish.directory import directory_tree
from yamlsync.records import Contents
from yamlsync.tree import in_memory

HERE = Path(__file__).parent
EXACT = 2**53 - 1

Parse = Callable[[bytes], dict[str, Any]]


@pytest.fixture(scope="module")
def parse(request: pytest.FixtureRequest) -> Iterator[Parse]:
    """What each parser reads in a text; they are installed by npm, once."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed")
    assert request.config.cache is not None
    place = request.config.cache.mkdir("javascript")
    if not (place / "node_modules" / "prettier").exists():
        shutil.copy(HERE / "package.json", place)
        install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(place)]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"npm cannot install the parsers: {done.stderr.strip().splitlines()[-1:]}")
    command = ["node", str(HERE / "parse.mjs"), str(place)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as node:
        assert node.stdin is not None
        assert node.stdout is not None

        def ask(data: bytes) -> dict[str, Any]:
            node.stdin.write(json.dumps({"text": data.decode()}) + "\n")  # type: ignore[union-attr]
            node.stdin.flush()  # type: ignore[union-attr]
            answer: dict[str, Any] = json.loads(node.stdout.readline())  # type: ignore[union-attr]
            return answer

        yield ask
        node.stdin.close()


def expected(block: Block) -> Any:
    """The values of a document, in the shape in which the script answers."""
    if block.entries and block.entries[0].key is not None:
        return {"pairs": sorted([entry.key, _value(entry.value)] for entry in block.entries)}
    return [_value(entry.value) for entry in block.entries]


def _value(value: Any) -> Any:
    if isinstance(value, Block):
        return expected(value)
    return {"number": value} if isinstance(value, int | float) else value


def seen(answer: Any, wanted: Any) -> Any:
    """An answer with numbers as numbers, taking those for right that JavaScript cannot hold."""
    if isinstance(answer, list):
        return [seen(item, other) for item, other in zip(answer, wanted, strict=False)] + answer[
            len(wanted) :
        ]
    if not isinstance(answer, dict) or not isinstance(wanted, dict):
        return answer
    if "number" in answer and "number" in wanted:
        number = wanted["number"]
        if isinstance(number, int) and abs(number) > EXACT:
            return wanted
        return {"number": float(answer["number"].replace("Infinity", "inf"))}
    if "pairs" in answer and "pairs" in wanted:
        return {"pairs": seen(sorted(answer["pairs"], key=lambda pair: str(pair[0])), wanted["pairs"])}
    return answer


def has_long_key(block: Block) -> bool:
    """The known rest: prettier rearranges a key past column 78 with a block or a nested value."""
    return any(
        (isinstance(entry.value, Block) and has_long_key(entry.value))
        or (
            len(spelling.key(entry.key or "")) > 70
            and (isinstance(entry.value, Block) or "\n" in str(entry.value))
        )
        for entry in block.entries
    )


def assert_all_agree(parse: Parse, path: str, data: bytes) -> None:
    shape = shape_of(path)
    assert shape is not None
    block = read(path, data, shape)
    assert isinstance(block, Block)
    wanted = expected(block)
    answer = parse(data)
    formatted = answer.pop("prettier").encode()
    assert formatted == data or has_long_key(block)
    for parser, value in answer.items():
        assert seen(value, wanted) == wanted, parser


def test_javascript_parsers_agree_and_prettier_leaves_it_alone(parse: Parse) -> None:
    @settings(max_examples=60)
    @given(strategies.contents())
    def every_export(contents: Contents) -> None:
        for path, data in plan_update(in_memory({}), contents, with_state=True).puts.items():
            assert_all_agree(parse, path, data)

    every_export()
    for database in corpus_databases():
        contents = read_database(str(database)).contents
        assert contents is not None
        for path, data in plan_update(in_memory({}), contents, with_state=True).puts.items():
            assert_all_agree(parse, path, data)
    sample = directory_tree(str(ROOT / "sample-workshop"))
    for path in sample.paths:
        assert_all_agree(parse, path, sample.read(path))
