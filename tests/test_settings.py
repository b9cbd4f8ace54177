"""Settings in TOML, and what is refused in them (CHK-30 to CHK-34)."""

from __future__ import annotations

import time

import pytest

from yamlsync.errors import OperationError
from yamlsync.settings import Settings, check_codes, parse_settings

PYPROJECT = ("tool", "yamlsync")


def test_all_settings_are_read() -> None:
    text = """
    select = ["YS2", "YS601"]
    ignore = ["YS204"]
    fail-level = "error"
    exclude = ["drafts", "old/*"]
    [per-file-ignores]
    "steps/intro-*.yaml" = ["YS2"]
    """
    assert parse_settings(text, "yamlsync.toml") == Settings(
        ("YS2", "YS601"), ("YS204",), "error", {"steps/intro-*.yaml": ("YS2",)}, ("drafts", "old/*")
    )


def test_an_empty_file_sets_nothing() -> None:
    assert parse_settings("", "yamlsync.toml") == Settings()


def test_in_pyproject_only_our_table_counts() -> None:
    assert parse_settings('[tool.ruff]\nselect = ["E"]', "pyproject.toml", PYPROJECT) is None
    assert parse_settings("tool = 1", "pyproject.toml", PYPROJECT) is None
    found = parse_settings('[tool.yamlsync]\nselect = ["YS2"]', "pyproject.toml", PYPROJECT)
    assert found == Settings(select=("YS2",))


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("select = [", "f.toml is not TOML: ", "see to that line"),
        (f"x = {'1' * 5000}", "f.toml is not TOML: ", "see to that line"),
        (f"x = {'[' * 5000}", "f.toml is not TOML: ", "see to that line"),
        ('selct = ["YS2"]', 'f.toml: there is no setting "selct"', 'did you mean "select"?'),
        ("zzz = 1", 'f.toml: there is no setting "zzz"', "the settings are select, ignore, "),
        ('select = "YS2"', "f.toml: select is not a list of texts", 'write select = ["..."]'),
        ("ignore = [204]", "f.toml: ignore is not a list of texts", 'write ignore = ["..."]'),
        ('ignore = ["YS299"]', 'f.toml: ignore: there is no rule "YS299"', None),
        ('ignore = [""]', 'f.toml: ignore: there is no rule ""', None),
        ('ignore = ["E501"]', 'f.toml: ignore: there is no rule "E501"', None),
        ('fail-level = "fatal"', "f.toml: fail-level is none of the levels", "write one of error, "),
        ("fail-level = []", "f.toml: fail-level is none of the levels", None),
        ("exclude = 1", "f.toml: exclude is not a list of texts", None),
        ("per-file-ignores = 1", "f.toml: per-file-ignores is not a table", "write [per-file-"),
        ('per-file-ignores.x = "YS2"', "f.toml: per-file-ignores.x is not a list of texts", None),
        ('per-file-ignores.x = ["YSX"]', 'f.toml: per-file-ignores.x: there is no rule "YSX"', None),
    ],
)  # fmt: skip
def test_what_is_no_setting_is_refused_with_its_place_and_what_to_write(
    text: str, message: str, help: str | None
) -> None:
    with pytest.raises(OperationError) as raised:
        parse_settings(text, "f.toml")
    assert raised.value.message.startswith(message)
    assert (raised.value.help or "").startswith(help or "")
    assert raised.value.help


def test_our_table_in_pyproject_must_be_one() -> None:
    with pytest.raises(OperationError, match=r"pyproject\.toml: tool\.yamlsync is not a table"):
        parse_settings("[tool]\nyamlsync = 1", "pyproject.toml", PYPROJECT)


def test_beginnings_of_codes_are_taken_as_far_as_there_are_such_rules() -> None:
    check_codes("--select", ("YS", "YS2", "YS20", "YS204"))
    for wrong in ("YS204x", "YS0", "2", "ys2"):
        with pytest.raises(OperationError, match="--select: there is no rule"):
            check_codes("--select", (wrong,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a." * 50_000 + "a = 1", "a line of more than 10000 characters"),
        (f'exclude = ["{"[" * 5_000}"]', "a pattern of more than 500 characters"),
        (f'[per-file-ignores]\n"{"[" * 5_000}" = ["YS3"]', "a pattern of more than 500 characters"),
    ],
)
def test_what_would_take_long_to_understand_is_refused_in_no_time(text: str, said: str) -> None:
    start = time.monotonic()
    with pytest.raises(OperationError, match=said):
        parse_settings(text, "yamlsync.toml")
    assert time.monotonic() - start < 2
