"""The tables of each schema: their structure, and the SQL that a database is built with (SQL-1 to SQL-5)."""

from __future__ import annotations

from attrs import frozen

APPLICATION_ID = 0x594D5359
"""`YMSY`: marks our files for file(1)."""

SEED = """\
CREATE TABLE workshop (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    version     TEXT NOT NULL DEFAULT 'v1',
    created_at  DATETIME NOT NULL
);
CREATE TABLE steps (
    id              TEXT PRIMARY KEY,
    workshop_id     TEXT NOT NULL REFERENCES workshop(id),
    position        INTEGER NOT NULL,
    title           TEXT NOT NULL,
    markdown        TEXT,
    image_tag       TEXT NOT NULL,
    goss_spec       TEXT
);
CREATE TABLE step_metadata (
    step_id  TEXT NOT NULL REFERENCES steps(id),
    key      TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (step_id, key)
);
CREATE TABLE navigation (
    step_id           TEXT PRIMARY KEY REFERENCES steps(id),
    next_step_id      TEXT REFERENCES steps(id),
    prev_step_id      TEXT REFERENCES steps(id),
    unlock_condition  TEXT
);
CREATE TABLE runtime_state (
    workspace_id  TEXT NOT NULL,
    step_id       TEXT NOT NULL REFERENCES steps(id),
    status        TEXT NOT NULL,
    started_at    DATETIME,
    completed_at  DATETIME,
    PRIMARY KEY (workspace_id, step_id)
);
CREATE TABLE custom_state (
    workspace_id  TEXT NOT NULL,
    key           TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (workspace_id, key)
);
"""

_ARTIFACT = """\
CREATE TABLE artifact (
    key    TEXT PRIMARY KEY,
    value  TEXT NOT NULL
);
"""

SCHEMAS = {1: SEED, 2: SEED + _ARTIFACT}
"""The SQL of each schema by its number, which is the `user_version` of a database that has it."""

STATEMENTS = {
    statement.split(maxsplit=3)[2]: statement for statement in filter(str.strip, SCHEMAS[2].split(";\n"))
}
"""The SQL of each table, as SQLite keeps it."""

_ASCII = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

NEWEST = 2
"""The schema that is built where nobody asks for another, and the newest that is read."""


@frozen
class Column:
    """A column; `key` is its place in the primary key from 1, or 0; `nullable` is what a row may hold."""

    name: str
    affinity: str
    nullable: bool = False
    key: int = 0
    references: str | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """The storage types, in SQLite's words, that a cell may have."""
        kinds = {"TEXT": ("text",), "INTEGER": ("integer",), "NUMERIC": ("text", "integer", "real")}[
            self.affinity
        ]
        return (*kinds, "null") if self.nullable else kinds

    @property
    def is_date(self) -> bool:
        """Whether the column is a DATETIME, which may hold numbers too."""
        return self.affinity == "NUMERIC"


@frozen
class Table:
    """A table and its columns, in the seed's order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[Column, ...]:
        """The columns of the primary key, in its order."""
        return tuple(sorted((column for column in self.columns if column.key), key=lambda column: column.key))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


TABLES = (
    Table(
        "workshop",
        (
            Column("id", "TEXT", key=1),
            Column("name", "TEXT"),
            Column("version", "TEXT"),
            Column("created_at", "NUMERIC"),
        ),
    ),
    Table(
        "steps",
        (
            Column("id", "TEXT", key=1),
            Column("workshop_id", "TEXT", references="workshop"),
            Column("position", "INTEGER"),
            Column("title", "TEXT"),
            Column("markdown", "TEXT", nullable=True),
            Column("image_tag", "TEXT"),
            Column("goss_spec", "TEXT", nullable=True),
        ),
    ),
    Table(
        "step_metadata",
        (
            Column("step_id", "TEXT", key=1, references="steps"),
            Column("key", "TEXT", key=2),
            Column("value", "TEXT"),
        ),
    ),
    Table(
        "navigation",
        (
            Column("step_id", "TEXT", key=1, references="steps"),
            Column("next_step_id", "TEXT", nullable=True, references="steps"),
            Column("prev_step_id", "TEXT", nullable=True, references="steps"),
            Column("unlock_condition", "TEXT", nullable=True),
        ),
    ),
    Table(
        "runtime_state",
        (
            Column("workspace_id", "TEXT", key=1),
            Column("step_id", "TEXT", key=2, references="steps"),
            Column("status", "TEXT"),
            Column("started_at", "NUMERIC", nullable=True),
            Column("completed_at", "NUMERIC", nullable=True),
        ),
    ),
    Table(
        "custom_state",
        (Column("workspace_id", "TEXT", key=1), Column("key", "TEXT", key=2), Column("value", "TEXT")),
    ),
)

"""The seed's tables, in the order in which they are filled. Every schema has them."""

ARTIFACT = Table("artifact", (Column("key", "TEXT", key=1), Column("value", "TEXT")))
"""What a database says of itself, from schema 2 on."""


def tables_of(schema: int) -> tuple[Table, ...]:
    """The tables of a schema, in the order in which they are filled."""
    return TABLES if schema == 1 else (*TABLES, ARTIFACT)


def fold(name: str) -> str:
    """A name as SQLite compares it: the letters of ASCII without case, and no others."""
    return name.translate(_ASCII)


def affinity_of(declared: str) -> str:
    """SQLite's rule for the affinity of a declared type."""
    name = fold(declared)
    if "int" in name:
        return "INTEGER"
    if any(part in name for part in ("char", "clob", "text")):
        return "TEXT"
    if "blob" in name or not name:
        return "BLOB"
    return "REAL" if any(part in name for part in ("real", "floa", "doub")) else "NUMERIC"
