"""`python -m yamlsync.schemas` writes spec/schemas anew, in a checkout of the project (EDT-1)."""

from __future__ import annotations

import os

from yamlsync.schemas import diff, log, report, status, verification
from yamlsync.schemas.files import NAMES, file_name, schema_text

_FOLDER = os.path.join(os.path.dirname(__file__), "..", "..", "spec", "schemas")


def main() -> None:
    """Writes each schema to its file."""
    texts = {name: schema_text(name) for name in NAMES}
    answers = {"report": report, "verification": verification, "status": status, "diff": diff, "log": log}
    texts |= {name: module.schema_text() for name, module in answers.items()}
    for name, text in texts.items():
        with open(os.path.join(_FOLDER, file_name(name)), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    main()
