"""What a project has set for check, in `yamlsync.toml` or `pyproject.toml` (CHK-30 to CHK-34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from yamlsync.errors import OperationError
from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import quoted
from yamlsync.rules.registry import codes

_LONGEST_LINE = 10_000
_LONGEST_PATTERN = 500

LEVELS = ("error", "warning", "hint")
"""From the most severe on."""


@frozen
class Settings:
    """The settings of one file. None and empty ones say nothing."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_level: str | None = None
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(factory=dict)
    exclude: tuple[str, ...] = ()


def parse_settings(text: str, name: str, table: tuple[str, ...] = ()) -> Settings | None:
    """The settings in TOML `text`, below `table`; None where that table is not there.

    Raises OperationError for what is no setting: a check that silently looks for less is worse than none.
    """
    # Imported late: most projects set nothing.
    import tomllib

    # The parser takes quadratic time for one long dotted key; no setting has a line as long.
    if any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        raise OperationError(f"{name} has a line of more than {_LONGEST_LINE} characters", "break it")
    try:
        found: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: numbers may be too long, and arrays too deep.
        raise OperationError(f"{name} is not TOML: {error}", "see to that line") from error
    for key in table:
        if not isinstance(found, dict) or key not in found:
            return None
        found = found[key]
    if not isinstance(found, dict):
        raise OperationError(f"{name}: {'.'.join(table)} is not a table", "write settings below it")
    for key in found:
        if key not in _READERS:
            help = did_you_mean(key, _READERS, f"the settings are {', '.join(_READERS)}")
            raise OperationError(f"{name}: there is no setting {quoted(key)}", help)
    read: dict[str, Any] = {
        key.replace("-", "_"): _READERS[key](name, key, value) for key, value in found.items()
    }
    return Settings(**read)


def check_codes(where: str, beginnings: tuple[str, ...]) -> None:
    """Raises OperationError for what is neither a rule's code nor the beginning of one."""
    for beginning in beginnings:
        if not any(beginning and code.startswith(beginning) for code in codes()):
            help = did_you_mean(beginning, codes(), "yamlsync explain lists the codes")
            raise OperationError(f"{where}: there is no rule {quoted(beginning)}", help)


def _codes(name: str, key: str, value: Any) -> tuple[str, ...]:
    texts = tuple(text.strip().upper() for text in _texts(name, key, value))
    check_codes(f"{name}: {key}", texts)
    return texts


def _texts(name: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise OperationError(f"{name}: {key} is not a list of texts", f'write {key} = ["..."]')
    return tuple(value)


def _patterns(name: str, key: str, value: Any) -> tuple[str, ...]:
    texts = _texts(name, key, value)
    _check_patterns(f"{name}: {key}", texts)
    return texts


def _check_patterns(where: str, patterns: Iterable[str]) -> None:
    """Raises OperationError for a pattern that it would take long to understand."""
    if any(len(pattern) > _LONGEST_PATTERN for pattern in patterns):
        raise OperationError(f"{where}: a pattern of more than {_LONGEST_PATTERN} characters", "shorten it")


def _level(name: str, key: str, value: Any) -> str:
    if value not in LEVELS:
        raise OperationError(f"{name}: {key} is none of the levels", f"write one of {', '.join(LEVELS)}")
    return str(value)


def _per_file(name: str, key: str, value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise OperationError(
            f"{name}: {key} is not a table", f'write [{key}] and below it "pattern" = ["YS601"]'
        )
    _check_patterns(f"{name}: {key}", value)
    return {pattern: _codes(name, f"{key}.{pattern}", each) for pattern, each in value.items()}


_READERS = {
    "select": _codes,
    "ignore": _codes,
    "fail-level": _level,
    "per-file-ignores": _per_file,
    "exclude": _patterns,
}
