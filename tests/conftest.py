"""What all tests share: Hypothesis' profiles, the corpus where it is there, and databases of rows."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from yamlsync.converters import contents_to_rows
from yamlsync.database.schema import SEED, TABLES
from yamlsync.records import Contents

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

_QUIET = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
]
# As many as two cores look at within the time that people wait for: the long run is behind the profile below.
settings.register_profile(
    "default", max_examples=15, deadline=None, suppress_health_check=_QUIET, derandomize=False
)
# Of each law; with all of them, more than 100,000.
settings.register_profile("deep", max_examples=10_000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile("default")


def corpus_databases() -> list[Path]:
    """The real databases to test against; empty where nobody has put them beside the project."""
    return sorted(CORPUS.glob("*/*.db"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Gives each real database to the tests that ask for one, or skips them with the reason."""
    if "corpus_database" in metafunc.fixturenames:
        found = corpus_databases()
        skip = pytest.mark.skip(reason=f"no workshop databases in {os.path.relpath(CORPUS, ROOT)}")
        values = [pytest.param(path, id=path.stem) for path in found] or [
            pytest.param(None, id="none", marks=skip)
        ]
        metafunc.parametrize("corpus_database", values)


@pytest.fixture
def make_database(tmp_path: Path) -> Callable[..., str]:
    """Builds a database as an outside pipeline would: the seed's tables, no stamp, rows as they come."""

    def make(
        contents: Contents | None = None, *statements: str, name: str = "course.db", schema: str = SEED
    ) -> str:
        path = tmp_path / name
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript(schema)
            if contents is not None:
                connection.execute("BEGIN")
                insert(connection, contents)
                connection.execute("COMMIT")
            for statement in statements:
                connection.execute(statement)
        return str(path)

    return make


def insert(connection: sqlite3.Connection, contents: Contents) -> None:
    """Inserts the rows of all tables."""
    rows = contents_to_rows(contents)
    for table in TABLES:
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(
            f"INSERT INTO {table.name} ({', '.join(table.names)}) VALUES ({marks})", rows[table.name]
        )
