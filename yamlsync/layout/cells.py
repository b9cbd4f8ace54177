"""Paths in documents → cells of the database that says the same: table, row and column (CHK-8)."""

from __future__ import annotations

from attrs import define, field

from yamlsync.document.model import Path
from yamlsync.layout.read import WorkshopFile
from yamlsync.printable import quoted
from yamlsync.problems import Cell

_NAVIGATION = {"next": "next_step_id", "prev": "prev_step_id", "unlock_condition": "unlock_condition"}


@define
class Cells:
    """The cells of one database; `workshops` are the files that would be exported from it."""

    database: str
    _ids: dict[str, str] = field(factory=dict)
    _lists: dict[str, tuple[str, ...]] = field(factory=dict)

    @classmethod
    def of(cls, database: str, workshops: tuple[WorkshopFile, ...]) -> Cells:
        """The cells of a database that says what these files say."""
        ids = {file.path: file.header.id for file in workshops}
        ids |= {each.path: each.step.id for file in workshops for each in file.steps}
        return cls(database, ids, {file.path: file.header.step_ids for file in workshops})

    def place(self, file: str, at: Path, within: tuple[int, int] | None) -> Cell:  # noqa: ARG002
        """The cell of a path; what is meant within its text is left out."""
        id = self._ids[file]
        keys = [key for key in at if key != "="]
        match keys:
            case ["steps", int(index)] if file in self._lists:
                return Cell(self.database, "steps", f"id {quoted(self._lists[file][index])}")
            case ["metadata", str(key)]:
                row = f"step_id {quoted(id)}, key {quoted(key)}"
                return Cell(self.database, "step_metadata", row, "value" if at[-1] == "=" else "key")
            case ["navigation", *more]:
                column = _NAVIGATION.get(str(more[0])) if more else None
                return Cell(self.database, "navigation", f"step_id {quoted(id)}", column)
        table = "workshop" if file in self._lists else "steps"
        column = str(keys[0]) if keys and keys != ["metadata"] else None
        return Cell(self.database, table, f"id {quoted(id)}", column)

    def comment(self, file: str, at: Path, text: str, *, below: bool) -> Cell:  # noqa: ARG002
        """The cell that a comment would belong to; a database has none."""
        return self.place(file, at, None)
