"""Formatting one text: what it gives back, what it refuses, and the proof before anything is written."""

from __future__ import annotations

import pytest

from yamlsync import formatting
from yamlsync.document import reading
from yamlsync.document.limits import MAX_BYTES
from yamlsync.errors import OperationError
from yamlsync.formatting import format_text, respell
from yamlsync.layout.files import STEP
from yamlsync.problems import Place
from yamlsync.proof import ProofError

TIDY = b"id: a\ntitle: T\nimage_tag: i\n"


def test_a_formatted_text_comes_back_as_it_is() -> None:
    assert format_text(TIDY) == TIDY
    assert format_text(TIDY.replace(b"\n", b"\r\n")) == TIDY
    assert format_text(b"\xef\xbb\xbf" + TIDY.removesuffix(b"\n")) == TIDY


@pytest.mark.parametrize("name", ["steps/a.yaml", "/x/steps/a.yaml", "a/workshops/w/steps/%41.yaml"])
def test_a_name_tells_what_a_text_is(name: str) -> None:
    assert format_text(TIDY, name) == TIDY


@pytest.mark.parametrize("name", ["a.yaml", "steps/a.yml", "steps/.a.yaml", "workshop.yaml.orig"])
def test_another_name_is_refused(name: str) -> None:
    with pytest.raises(OperationError, match="is no file of a workshop"):
        format_text(TIDY, name)


def test_a_file_that_would_outgrow_its_measure_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TIDY.replace(b"T", b'"' + b"\\0" * 20 + b'"')
    monkeypatch.setattr(reading, "MAX_BYTES", len(text))
    (problem,) = respell("steps/a.yaml", text, STEP)
    assert not isinstance(problem, int)
    assert (problem.code, problem.place.path) == ("YS105", "steps/a.yaml")
    assert problem.message.startswith("formatted, the file has more than")
    monkeypatch.setattr(reading, "MAX_BYTES", MAX_BYTES)
    assert b"\\x00" in bytes(respell("steps/a.yaml", text, STEP))  # type: ignore[arg-type]


@pytest.mark.parametrize("written", [TIDY.replace(b"T", b"t"), TIDY, b"no document"])
def test_bytes_that_do_not_say_the_same_are_a_bug(written: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yamlsync.document.render.render", lambda *_: written)
    with pytest.raises(ProofError, match="nothing was changed"):
        respell("steps/a.yaml", b"# lost\ntitle:   T\nid: a\nimage_tag: i\n", STEP)


def test_a_long_text_without_keys_is_told_soon() -> None:
    for text in (b"a" * 1_000_000, b"a " * 500_000, b'"' * 1_000_000):
        assert formatting._shape_by_keys(text) is STEP


FOLDED = b"id: a\ntitle: T\nimage_tag: i\nmarkdown: >\n  # A\n  b\n"


def test_a_file_whose_lines_yaml_joins_is_left_and_told() -> None:
    (problem,) = format_text(FOLDED)
    assert not isinstance(problem, int)
    assert (problem.code, problem.severity) == ("YS304", "warning")
    assert problem.place == Place("<stdin>", 4, 11, 4, 12)
    assert format_text(FOLDED.replace(b"# A", b"A")) == TIDY + b"markdown: |\n  A b\n"


def test_a_comment_says_that_joined_lines_are_meant() -> None:
    above = b"# yamlsync: ignore YS304\nmarkdown"
    assert format_text(FOLDED.replace(b"markdown", above)) == TIDY + above + b": |\n  # A b\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"format: yamlsync/2\nid:   w\n", Place("<stdin>", 1, 9, 1, 19)),
        (b"# ours\r\nid:   w\r\nformat: 'yamlsync/10'\r\ntitles: {}\r\n", Place("<stdin>", 3, 9, 3, 22)),
        (b"id: w\nformat: yamlsync/99999999999999999999\nid: x\n", Place("<stdin>", 2, 9, 2, 38)),
        (b"\xff\nformat: yamlsync/2\nname: N\n", Place("<stdin>")),
        (b"workspace: s\nformat: yamlsync/2\nsteps: []\n", Place("<stdin>", 2, 9, 2, 19)),
    ],
)
def test_a_text_of_a_newer_format_is_left_whatever_else_it_says(text: bytes, place: Place) -> None:
    (problem,) = format_text(text)
    assert not isinstance(problem, int)
    assert (problem.code, problem.severity, problem.place) == ("YS110", "error", place)
    assert problem.message.startswith("this is of format yamlsync/")


@pytest.mark.parametrize("format", ["yamlsync/0", "yamlsync/01", "other/2", "yamlsync/1"])
def test_a_text_of_another_format_that_is_not_newer_is_formatted(format: str) -> None:
    rest = b"id: w\nname: Name\nversion: v\ncreated_at: 1\nsteps:\n  - a\n"
    text = b"format:   %s\n" % format.encode() + rest
    assert format_text(text, "workshop.yaml") == b"format: %s\n" % format.encode() + rest


def test_spelling_alone_joins_no_lines_and_tells_nothing() -> None:
    assert respell("steps/a.yaml", FOLDED, STEP) == TIDY + b"markdown: |\n  # A b\n"
