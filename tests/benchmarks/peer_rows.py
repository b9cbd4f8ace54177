"""The floor for digest and verify: reads all rows in the order of their keys, and hashes their bytes.

No check, no lengths, no digest of a step: only that the hash does not depend on how the rows lie in the file.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from contextlib import closing


def digest(path: str) -> str:
    """The hash of the rows of a database."""
    found = hashlib.sha256()
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall()
        for (table,) in tables:
            for row in database.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
                for value in row:
                    found.update(str(value).encode())
    return found.hexdigest()


if __name__ == "__main__":
    print(digest(sys.argv[1]))
