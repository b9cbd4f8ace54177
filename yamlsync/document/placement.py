"""What stands at the wrong level, or in another form than its key has: where it belongs, how it is written.

Knows the keys of a step by name, since it says what to do with them; what is right, only the shape says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from attrs import evolve, frozen

from yamlsync.document.model import Fields, FreeKeys, ListOf, Path, Scalar, Shape
from yamlsync.document.nodes import Node
from yamlsync.document.slips import NO_BREAK_SPACE, in_quotes, no_break_space
from yamlsync.problems import Place, Problem

USUAL_METADATA = re.compile(
    r"(?:(?:hint|objective)\.[0-9]+|difficulty|duration|explain|group|optional|solve|tags)\Z"
)
"""Keys that are at home in `metadata`, as far as any are (META-1)."""

GOSS_RESOURCES = frozenset(
    (
        *("addr", "command", "dns", "file", "gossfile", "group", "http", "interface", "kernel-param"),
        *("matching", "mount", "package", "port", "process", "service", "user"),
    )
)
"""Keys at the top of a goss spec (GOSS-20)."""

_TEXTS = {"goss_spec": "the goss spec", "markdown": "the text"}
_SERIES = re.compile(r"(hint|objective)s?\Z")
_LONGEST_SHOWN = 60
_ENOUGH = 100
_MERGED = frozenset({"YS103", "YS104", "YS106", "YS107", "YS109", "YS110", "YS112"})
_WORD = re.compile(r"[\w.-]+")
_LONGEST_KEY = 20


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is near enough to be meant: a far one must at least begin alike (YAML-75)."""
    # Imported late: who makes no mistakes needs no advice.
    from difflib import SequenceMatcher, get_close_matches

    for other in get_close_matches(word, known, n=3, cutoff=0.6):
        alike = other[:1].casefold() == word[:1].casefold()
        if alike or SequenceMatcher(None, other, word).ratio() >= 0.75:
            return other
    return None


def home(name: str, shape: Fields) -> str | None:
    """The key below which an unknown key is at home, or None."""
    for key, value in shape.keys.items():
        if isinstance(value, Fields) and name in value.keys:
            return key
        if isinstance(value, FreeKeys) and USUAL_METADATA.match(name):
            return key
    return "goss_spec" if "goss_spec" in shape.keys and name in GOSS_RESOURCES else None


def advise_key(row: str, shape: Fields, stands_above: bool) -> str:
    """Help for a key that belongs below the key `row`."""
    bar = " |" if isinstance(shape.keys[row], Scalar) else ""
    if stands_above:
        return f"indent it by two spaces, below {row}:{bar}"
    return f"write {row}:{bar} above it, and indent it by two spaces"


def advise_list(node: Node) -> str | None:
    """Help for a text in place of a list: its first item with a dash."""
    words = (node.token or "").replace(",", " ").split()
    first = next((word.lstrip("-*") for word in words if word.strip("-*")), "")
    if not first or len(first) > _LONGEST_SHOWN:
        return None
    return f"write one item a line, each behind a dash and a blank: - {first}"


def advise_text(node: Node, path: Path, lines: list[str]) -> str | None:
    """Help for a list or a mapping in place of one value; `lines` are those of its file."""
    key = path[-1] if path else ""
    if isinstance(key, int):
        return _advise_item(node)
    single = _source(node, lines)
    in_metadata = path[:1] == ("metadata",)
    if single is not None and (node.pairs is not None or not in_metadata):
        return f"{in_quotes(single)}: a plain one cannot start with {single[0]}"
    if in_metadata:
        return _advise_metadata(node, key)
    return f"write | behind {key}:, and leave the lines below it indented" if key in _TEXTS else None


def _advise_metadata(node: Node, key: str) -> str:
    series = _SERIES.match(key)
    if series:
        name = series[1]
        return f"write a key for each, with its number: {name}.1: …, {name}.2: …"
    if node.pairs is not None:
        first = node.pairs[0][0].token if node.pairs else None
        return f"metadata has one level: write a key for each, such as {key}.{first or 'name'}: …"
    words = [item.token or "" for item in node.items or ()]
    joined = ", ".join(words)
    shown = words and all(words) and len(joined) <= _LONGEST_SHOWN
    return f"write one text: {key}: {joined if shown else '…, …'}"


def _advise_item(node: Node) -> str | None:
    """Help for a mapping or a list in place of an item: the id that is in it."""
    pairs = node.pairs or []
    found = next((value.token for key, value in pairs if key.token == "id"), None)  # noqa: S105 - a key
    if found is None and pairs:
        found = pairs[0][0].token
    if found is None and node.items:
        found = node.items[0].token
    return f"write the id alone: - {found}" if found and len(found) <= _LONGEST_SHOWN else None


def _source(node: Node, lines: list[str]) -> str | None:
    """How a collection in brackets is written, where it stands on one line."""
    line, column, end_line, end_column = node.span
    return lines[line][column:end_column] if node.flow and line == end_line else None


@frozen
class _Header:
    """A known key at the start of a line; `bare` where nothing stands behind it but perhaps | or >."""

    line: int
    key: str
    bar: bool
    bare: bool


def gather(text: str, shape: Fields, problems: list[Problem]) -> list[Problem]:
    """The problems of a file, those of one slip in the indentation made one (YAML-71, YAML-75).

    That is a block whose lines are not indented at all, and lines that are indented by no-break spaces.
    """
    lines = text.split("\n")
    problems = _gather_no_break(lines, problems)
    headers = _headers(text, shape)
    starts = [header.line for header in headers]
    blocks: dict[int, list[Problem]] = {}
    kept: dict[Problem, Problem] = {problem: problem for problem in problems}
    for problem in problems:
        at = bisect_right(starts, _line(problem)) - 1
        if at >= 0 and problem.code in _MERGED:
            blocks.setdefault(at, []).append(problem)
    for tried, (at, found) in enumerate(blocks.items()):
        header = headers[at]
        end = starts[at + 1] if at + 1 < len(starts) else len(lines) + 1
        below = [problem for problem in found if _line(problem) > header.line]
        # Near keys are looked for a few times only: it is slow.
        flat = below and header.bare and tried < _ENOUGH
        if flat and _is_flat(lines[header.line : end - 1], shape):
            first = min(below, key=_line)
            for problem in found:
                kept.pop(problem, None)
            message = f"what stands below {header.key}: is not indented"
            advice = _advise_block(header, shape.keys[header.key], lines[_line(first) - 1])
            kept[first] = evolve(first, message=message, help=advice)
        else:
            for problem in found:
                kept[problem] = _at_margin(problem, header, lines, shape)
    return list(kept.values())


def _gather_no_break(lines: list[str], problems: list[Problem]) -> list[Problem]:
    # The lines that are so indented, each with the first of its row.
    odd: dict[int, int] = {}
    for number, written in enumerate(lines, 1):
        if no_break_space(written):
            odd[number] = odd.get(number - 1, number)
    if not odd:
        return problems
    kept: list[Problem] = []
    told: set[int] = set()
    for problem in sorted(problems, key=_line):
        line = _line(problem)
        place = problem.place
        empty = problem.code in ("YS109", "YS110") and line + 1 in odd
        behind = problem.code == "YS103" and line - 1 in odd
        if problem.code not in _MERGED or not (line in odd or empty or behind):
            kept.append(problem)
            continue
        first = odd[line if line in odd else line + 1 if empty else line - 1]
        if first not in told:
            told.add(first)
            column = len(lines[first - 1]) - len(lines[first - 1].lstrip(" ")) + 1
            message, help = NO_BREAK_SPACE
            where = Place(place.path, first, column, first, column + 1)
            kept.append(Problem("YS103", message, where, help))
    return kept


def _headers(text: str, shape: Fields) -> list[_Header]:
    keys = "|".join(map(re.escape, shape.keys))
    pattern = re.compile(
        rf"^(?P<key>{keys}):(?:(?P<bare>[ ]*(?P<bar>[|>][-+0-9]*)?[ ]*(?:#[^\n]*)?$)|[ ]|$)", re.MULTILINE
    )
    headers = []
    line, reached = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", reached, match.start())
        reached = match.start()
        headers.append(_Header(line, match["key"], bool(match["bar"]), match["bare"] is not None))
    return headers


def _is_flat(lines: list[str], shape: Fields) -> bool:
    """Whether lines behind an empty block start at the margin, and are not a misspelled key of the file."""
    first = next((line for line in lines if line.strip(" ") and not line.startswith("#")), "")
    if not first or first.startswith((" ", "\t")) or no_break_space(first):
        return False
    key = _WORD.match(first)
    if key is None or not first.startswith(":", key.end()):
        return True
    return home(key[0], shape) is not None or nearest(key[0][:_LONGEST_KEY], shape.keys) is None


def _advise_block(header: _Header, shape: Shape, first: str) -> str:
    key = header.key
    if isinstance(shape, Fields | FreeKeys):
        return f"indent the keys of {key} by two spaces"
    if isinstance(shape, ListOf):
        return f"write each item behind a dash and a blank: - {first.strip(' -*')[:_LONGEST_SHOWN]}"
    if header.bar:
        return f"indent {_TEXTS.get(key, 'the text')} by two spaces below {key}: |"
    if key in _TEXTS:
        return f"write {key}: |, and indent {_TEXTS[key]} by two spaces below it"
    return f"write the value behind {key}:"


def _at_margin(problem: Problem, header: _Header, lines: list[str], shape: Fields) -> Problem:
    """A line at the margin that is no YAML: a key without its colon, or part of the block of text above."""
    place = problem.place
    if problem.code != "YS103" or not isinstance(place, Place) or place.column != 1:
        return problem
    line = lines[_line(problem) - 1]
    word = _WORD.match(line[:_LONGEST_SHOWN])
    if word and word[0] in shape.keys and not line[word.end() :].startswith(":"):
        rest = line[word.end() :].strip()
        written = f"{word[0]}: {rest}" if len(rest) <= _LONGEST_SHOWN else f"{word[0]}: …"
        return evolve(problem, help=f"write a colon and a space behind the key: {written.rstrip()}")
    near = word and nearest(word[0][:_LONGEST_KEY], shape.keys)
    if not header.bar or _line(problem) <= header.line or near or line.startswith("\t"):
        return problem
    return evolve(problem, help=f"indent it by two spaces, as the text below {header.key}: |")


def _line(problem: Problem) -> int:
    return (problem.place.line or 0) if isinstance(problem.place, Place) else 0
