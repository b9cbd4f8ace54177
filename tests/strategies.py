"""Hypothesis strategies for workshops of every ugliness that a database can hold, and for documents."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from yamlsync.affinity import MAX_INTEGER, MIN_INTEGER, becomes_integer, becomes_number
from yamlsync.document import spelling
from yamlsync.document.limits import MAX_KEY
from yamlsync.document.model import Block, Entry
from yamlsync.layout import write
from yamlsync.records import (
    Contents,
    CustomState,
    Metadata,
    Navigation,
    RuntimeState,
    Step,
    Workshop,
    metadata_order,
    step_order,
)

UGLY = [
    *[
        "",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\0",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\x7f",
        "\x1b[1m",
    ],
    *[
        "\x0b",
        "\x0c",
        "\ufffe",
        "\uffff",
        "\ufffd",
        "\ud7ff",
        "\ue000",
        "\xa0",
        "\u3000",
        "\u200b",
        "\U0010ffff",
    ],
    *[
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "n",
        "null",
        "Null",
        "~",
        "true",
        "010",
        "0o7",
        "0x1F",
        "1_000",
        "12:30:45",
    ],
    *["1e3", "e5", "E-5", ".inf", "-.INF", ".nan", "2026-01-15", "+1", "-1", "1.0", "=", "<<", "none", "."],
    *[
        "#",
        " # ",
        ": ",
        ":",
        "- ",
        "-",
        "? ",
        "|",
        "|2",
        ">",
        "'",
        '"',
        "\\",
        "%",
        "@",
        "`",
        "{",
        "}",
        "[",
        "]",
    ],
    *[
        "*a",
        "&a",
        "!t",
        "!!str",
        "---",
        "...",
        ",",
        "a",
        "b c",
        "Z",
        "é",
        "漢字",
        "😀",
        "e\u0301",
        "ß",
        "ǅ",
        "\u0661",
    ],
    *[
        "# Title\n",
        "    code\n",
        "\tcode\n",
        "text  \n",
        "\n  \n",
        "x" * 90,
        "word " * 30,
        '{"a": 1}\n',
        "${{ }}",
    ],
]

UGLY_IDS = [
    *[
        "",
        ".",
        "..",
        "...",
        "/",
        "../x",
        "a/b",
        "\\",
        "C:\\x",
        "CON",
        "con",
        "con.foo",
        "nul.",
        "aux",
        "COM1",
        "lpt9.x",
    ],
    *[
        "conin$",
        "É",
        "é",
        "e\u0301",
        "A",
        "a",
        "-a",
        ".a",
        "a.",
        "a ",
        " a",
        "%",
        "%41",
        "!a",
        "~",
        "a\0b",
        "a\nb",
    ],
    *[
        "step-1",
        "01-intro",
        "step_2",
        "x" * 199,
        "x" * 200,
        "x" * 201,
        "X" * 300,
        "é" * 150,
        "null",
        "none",
        "漢" * 40,
    ],
]


@cache
def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    """Texts of all of Unicode but surrogates, made of what parsers stumble over."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    pieces = st.lists(st.sampled_from(UGLY) | anything, max_size=max_size)
    return pieces.map("".join)


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids that file systems, shells and YAML stumble over."""
    return st.sampled_from(UGLY_IDS) | st.from_regex(r"step-[0-9]{1,3}", fullmatch=True) | texts(3)


@cache
def keys() -> st.SearchStrategy[str]:
    """Keys of metadata, none too long for YAML."""
    usual = st.sampled_from(
        ["hint.1", "hint.2", "hint.10", "hint.01", "difficulty", "yes", "<<", "null", "~", ""]
    )
    return (usual | texts(3)).filter(lambda key: len(spelling.key(key)) <= MAX_KEY)


@cache
def integers() -> st.SearchStrategy[int]:
    """Everything that SQLite's INTEGER holds, its ends more often."""
    ends = st.sampled_from([0, 1, -1, 2**62, MAX_INTEGER, MIN_INTEGER, MAX_INTEGER - 1])
    return st.integers(1, 12) | ends | st.integers(MIN_INTEGER, MAX_INTEGER)


@cache
def dates() -> st.SearchStrategy[str | int | float]:
    """Everything that a DATETIME column keeps as it is."""
    usual = st.sampled_from(
        ["2026-01-15T09:30:00Z", "2026-02-19 10:00:00+00:00", "2026-02-19T10:00:00.123456789Z"]
    )
    reals = st.floats(allow_nan=False).filter(lambda value: not becomes_integer(value))
    return usual | texts(3).filter(lambda text: not becomes_number(text)) | integers() | reals


@cache
def _optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_BOOLEAN = st.booleans()
_PAIRS = st.dictionaries(keys(), texts(4), max_size=3)
_IMAGE_TAG = st.just("org/course:step-1") | texts(3)
_VERSION = st.just("v1") | texts(2)
_FIRST_POSITION = st.sampled_from([0, 1, 1, 1, 7, -3])
_NAVIGATION_STYLE = st.sampled_from(["linear", "none", "mixed"])
_STATUS = st.sampled_from(["pending", "active", "completed"]) | texts(2)
_WORKSHOP_IDS = st.lists(ids(), min_size=1, max_size=3, unique=True)
_STEP_IDS = st.lists(ids(), max_size=6, unique=True)
_CUSTOM_KEYS = st.lists(st.tuples(ids(), texts(3)), max_size=4, unique=True)
_BEHIND = st.sampled_from(["", "", "# behind", "#b # c"])


@st.composite
def workshops(draw: st.DrawFn, workshop_id: str, step_ids: list[str], all_ids: list[str]) -> Workshop:
    """A workshop with the steps named, whose navigation may lead to any of `all_ids`."""
    consecutive = draw(_BOOLEAN)
    first = draw(_FIRST_POSITION)
    rows = []
    for index, step_id in enumerate(step_ids):
        position = first + index if consecutive else draw(integers())
        pairs = draw(_PAIRS)
        rows.append(
            Step(
                id=step_id,
                title=draw(texts(3)),
                image_tag=draw(_IMAGE_TAG),
                position=position,
                metadata=tuple(Metadata(key, pairs[key]) for key in sorted(pairs, key=metadata_order)),
                goss_spec=draw(_optional(texts())),
                markdown=draw(_optional(texts())),
            )
        )
    rows.sort(key=lambda step: step_order(step.position, step.id))
    how = draw(_NAVIGATION_STYLE)
    steps = tuple(
        evolve(step, navigation=draw(_navigation(rows, index, how, all_ids)))
        for index, step in enumerate(rows)
    )
    return Workshop(workshop_id, draw(texts(3)), draw(_VERSION), draw(dates()), steps)


@st.composite
def _navigation(
    draw: st.DrawFn, rows: list[Step], index: int, how: str, all_ids: list[str]
) -> Navigation | None:
    linear = Navigation(
        rows[index + 1].id if index + 1 < len(rows) else None,
        rows[index - 1].id if index else None,
    )
    if how == "none" or (how == "mixed" and draw(_BOOLEAN)):
        return None
    if how == "linear":
        return linear
    return Navigation(
        draw(_anywhere(linear.next_step_id, all_ids)),
        draw(_anywhere(linear.prev_step_id, all_ids)),
        draw(_optional(texts(3))),
    )


def _anywhere(usual: str | None, all_ids: list[str]) -> st.SearchStrategy[str | None]:
    return st.sampled_from([usual, None, *all_ids])


@st.composite
def contents(draw: st.DrawFn, *, with_state: bool = True) -> Contents:
    """The contents of any carriable database."""
    workshop_ids = sorted(draw(_WORKSHOP_IDS))
    step_ids = draw(_STEP_IDS)
    rows = []
    for index, workshop_id in enumerate(workshop_ids):
        own = step_ids[index :: len(workshop_ids)]
        rows.append(draw(workshops(workshop_id, own, step_ids)))
    if not with_state:
        return Contents(tuple(rows))
    runtime = {}
    if step_ids:
        for pair in draw(st.lists(st.tuples(ids(), st.sampled_from(step_ids)), max_size=4, unique=True)):
            status = draw(_STATUS)
            runtime[pair] = RuntimeState(*pair, status, draw(_optional(dates())), draw(_optional(dates())))
    custom = {pair: CustomState(*pair, draw(texts(4))) for pair in draw(_CUSTOM_KEYS)}
    return Contents(
        tuple(rows),
        tuple(runtime[pair] for pair in sorted(runtime)),
        tuple(custom[pair] for pair in sorted(custom)),
    )


@cache
def comment_lines() -> st.SearchStrategy[tuple[str, ...]]:
    """What may stand above an entry: comments and blank lines."""
    comment = st.sampled_from(
        ["# a comment", "#", "#no space", "# key: value", "# 漢字 😀", '# "quoted" | > \\', "# # #"]
    )
    return st.lists(st.just("") | comment, max_size=3).map(tuple)


@st.composite
def commented(draw: st.DrawFn, block: Block) -> Block:
    """The document with comments anywhere."""
    entries = []
    for entry in block.entries:
        value = (
            draw(commented(entry.value))
            if isinstance(entry.value, Block) and entry.value.entries
            else entry.value
        )
        behind = draw(_BEHIND)
        entries.append(Entry(entry.key, value, draw(comment_lines()), behind))
    return Block(tuple(entries), draw(comment_lines()))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, Block]:
    """The path and the document of one file of a workshop directory, with comments."""
    made = list(write.to_files(draw(contents()), with_state=True))
    file = draw(st.sampled_from(made))
    return file.path, draw(commented(file.block))
