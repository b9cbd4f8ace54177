"""What to do about a database and a directory that are not in sync, in commands for a shell (STA-13)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from yamlsync.printable import quoted, shell
from yamlsync.status import Status
from yamlsync.synchrony import State


def advice(found: Status, database: str, directory: str) -> Iterator[str]:
    """What `status` notes below its answer: a line, or several with a command in each."""
    if found.strangers is not None:
        ours, theirs = map(quoted, found.strangers)
        yield f"the database holds the workshop {ours}, and the YAML {theirs}: name two that belong together"
        return
    commands = _Commands(found, shell(database), shell(directory))
    match found.state:
        case State.IN_SYNC if found.has_artifact and not found.as_built:
            yield from commands.let_the_database_know()
        case State.DATABASE_AHEAD:
            yield from commands.take_over_the_database()
        case State.YAML_AHEAD:
            yield from commands.take_over_the_yaml()
        case State.UNKNOWN if found.as_built:
            yield from commands.choose()
        case State.BOTH_CHANGED | State.UNKNOWN:
            yield from commands.bring_together()
        case _:
            pass


@frozen
class _Commands:
    """The commands for a database and a directory, whose names are words of a shell."""

    found: Status
    db: str
    dir: str

    def let_the_database_know(self) -> Iterator[str]:
        said = "its changes are in the YAML" if self.found.has_origin else "the YAML says the same"
        yield f"to let the database know that {said}{self._committed}: {self._import()}"

    def take_over_the_database(self) -> Iterator[str]:
        said = "to take over what the database says"
        if self.found.is_held:
            yield f"{said}: yamlsync export {self.db} {self.dir}"
        elif self.found.worktree is not None:
            yield f"{said}{self._committed}: yamlsync export {self.db} {self.dir}"
        else:
            yield f"{said}, though nobody else holds the YAML that it replaces:"
            yield f"  yamlsync export --force {self.db} {self.dir}"

    def take_over_the_yaml(self) -> Iterator[str]:
        # If the database was changed too, the YAML has its changes already.
        said = f"to take over what the YAML says{self._committed}"
        yield f"{said}: {self._import(force=not self.found.has_origin)}"

    def choose(self) -> Iterator[str]:
        """Nothing is lost with a database that says what it was built from: that was YAML once."""
        said = "the database says what it was built from; to take over what the YAML says"
        yield f"{said}{self._committed}: {self._import()}"
        yield f"to take over what the database says: yamlsync export {self.db} {self.dir}"

    def bring_together(self) -> Iterator[str]:
        """By Git: what the database says as a commit on top of what it was built from, picked from there.

        That is made in a worktree of its own, so that the directory and the database, which may be in Git
        too, stay as they are until the merge is done.
        """
        if self.found.worktree is None:
            yield from self._bring_together_by_hand()
            return
        git = f"git -C {self.dir}"
        commit = self.found.source_commit
        if commit is None:
            yield "COMMIT is the one whose YAML the database was built from, or that has its last export:"
            yield f"  {git} log -- ."
        elif not self.found.worktree.has_source:
            yield f"the database was built from {commit}, which is not in this repository;"
            yield "where that is a shallow clone:"
            yield f"  {git} fetch --unshallow"
        first = "" if self.found.worktree.is_committed else "commit what you changed in the YAML; then, "
        yield f"{first}to bring both together, let Git merge; where it stops, resolve what conflicts, commit,"
        yield "and go on with the line that follows:"
        # Chained, for they are pasted at once: after a conflict, no line may run by itself.
        yield from (f"  {line}" for line in " &&\n".join(self._merge(git, commit or "COMMIT")).split("\n"))

    def _merge(self, git: str, commit: str) -> Iterator[str]:
        path = self.found.worktree.path if self.found.worktree else "."
        copy = '"$copy"' if path == "." else f'"$copy"/{shell(path)}'
        yield "copy=$(mktemp -d)"
        yield f'{git} worktree add --detach "$copy" {commit}'
        yield f"yamlsync export {self.db} {copy}"
        yield 'git -C "$copy" add --all .'
        # A hook may hold the database against the YAML, which is not what is to be committed here.
        yield "git -C \"$copy\" commit --no-verify --message 'What the database says'"
        yield f'{git} cherry-pick --keep-redundant-commits "$(git -C "$copy" rev-parse HEAD)"'
        if self.found.has_artifact:
            # Then the database says what it was built from once more, and is replaced without --force.
            source = '--source-commit "$(git -C "$copy" rev-parse HEAD)"'
            yield f"yamlsync import {self._keep_state}{source} {copy} {self.db}"
        yield self._import(force=not self.found.has_artifact)
        yield f'{git} worktree remove --force "$copy"'

    def _bring_together_by_hand(self) -> Iterator[str]:
        yield "to bring both together, change the YAML by hand, and build the database from it:"
        yield "  copy=$(mktemp -d)"
        yield f'  yamlsync export {self.db} "$copy"/yaml'
        yield f'  diff -ru -x .yamlsync {self.dir} "$copy"/yaml'
        yield f"  {self._import(force=True)}"

    @property
    def _committed(self) -> str:
        """What is to be done before, as a part of a sentence."""
        worktree = self.found.worktree
        return "" if worktree is None or worktree.is_committed else ", commit the YAML, and then"

    @property
    def _keep_state(self) -> str:
        return "--keep-state " if self.found.progress else ""

    def _import(self, *, force: bool = False) -> str:
        # A student may begin before this is run, and --force alone would drop that.
        options = "--force --keep-state " if force else self._keep_state
        # Schema 1 has no place for a commit.
        if self.found.worktree is not None and self.found.has_artifact:
            options += f'--source-commit "$(git -C {self.dir} rev-parse HEAD)" '
        return f"yamlsync import {options}{self.dir} {self.db}"
