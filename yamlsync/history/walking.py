"""From commit to commit, newest first, and through moves: what each did to a workshop (LOG-11 to LOG-17)."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator

from attrs import define, evolve, field

from yamlsync.changes.comparing import diff
from yamlsync.comparison import Comparison, Side, Unreadable, compare_located
from yamlsync.errors import OperationError
from yamlsync.git import Repository
from yamlsync.git.history import Listed, commits_of, read_commit
from yamlsync.history.places import Located, is_same, located_at, paths_of, source_of
from yamlsync.opening import RevisionDatabase, read
from yamlsync.renditions.entries import Entry

_REMEMBERED = 16


@define
class _Line:
    """Commits of a workshop at one path that are not told yet, newest first."""

    start: str
    path: str
    is_file: bool
    waiting: deque[Listed]


@define
class Walk:
    """Goes through the commits of all paths that a workshop has had."""

    repository: Repository
    _lines: list[_Line] = field(factory=list, init=False)
    _seen: set[tuple[str, str]] = field(factory=set, init=False)
    _known: OrderedDict[tuple[str, str], Located | None] = field(factory=OrderedDict, init=False)

    def entries(self, start: str, path: str, *, is_file: bool) -> Iterator[Entry]:
        """What each commit did, newest first, from `start` on; `is_file` tells a database from a directory.

        Raises OperationError where an object is missing or broken.
        """
        self._follow(start, path, is_file=is_file)
        while line := self._next():
            listed = line.waiting.popleft()
            if (listed.name, line.path) not in self._seen:
                self._seen.add((listed.name, line.path))
                entry = self._entry(line, listed)
                if entry is not None:
                    yield entry

    def _follow(self, start: str, path: str, *, is_file: bool) -> None:
        waiting = deque(commits_of(self.repository, start, paths_of(path, is_file=is_file)))
        self._lines.append(_Line(start, path, is_file, waiting))

    def _next(self) -> _Line | None:
        """The path of the newest commit that waits; of several that is the one that was found first.

        What was found later comes from commits that are older.
        """
        self._lines = [line for line in self._lines if line.waiting]
        return max(self._lines, key=lambda line: line.waiting[0].time, default=None)

    def _entry(self, line: _Line, listed: Listed) -> Entry | None:
        commit = read_commit(self.repository, listed.name)
        if commit is None:
            raise self.repository.lacking(f"the commit {listed.name}")
        new = self._at(commit.name, line.path)
        entry = Entry(commit, listed.short, line.path, "changed")
        olds = [old for parent in commit.parents if (old := self._old(parent, line, new)) is not None]
        if new is None:
            return self._gone(entry, olds)
        if not olds:
            is_cut = any(map(self._is_cut_off, commit.parents))
            return self._whole(evolve(entry, fate="cut" if is_cut else "new"), new)
        if all(old.path != line.path for old in olds):
            # What stood here before is another workshop.
            self._leave(line, commit.name)
            entry = evolve(entry, moved_from=olds[0].path)
        elif any(is_same(old, new) for old in olds):
            return None
        return self._changed(entry, olds, new)

    def _old(self, parent: str, line: _Line, new: Located | None) -> Located | None:
        """The workshop in a parent, there or at the path from where it came; then that is followed too."""
        old = self._at(parent, line.path)
        if old is None and new is not None and not self._is_cut_off(parent):
            old = source_of(new, parent)
            if old is not None:
                self._follow(parent, old.path, is_file=isinstance(old, RevisionDatabase))
        return old

    def _leave(self, line: _Line, name: str) -> None:
        """Takes a commit's ancestors out of what waits at its path."""
        if line.waiting:
            paths = paths_of(line.path, is_file=line.is_file)
            left = {each.name for each in commits_of(self.repository, line.start, paths, without=[name])}
            line.waiting = deque(each for each in line.waiting if each.name in left)

    def _gone(self, entry: Entry, olds: list[Located]) -> Entry | None:
        if not olds:
            return None  # It touched files that belong to no workshop.
        whole = self._whole(entry, olds[0])
        if whole.fate == "unreadable":
            return evolve(entry, fate="removed")
        found = whole.comparisons[0]
        turned = Comparison(found.new, found.old, diff(found.new.workshops, ()))
        return evolve(entry, fate="removed", comparisons=(turned,))

    def _whole(self, entry: Entry, new: Located) -> Entry:
        """All that a workshop says, compared with nothing."""
        found = self._tried(None, new)
        if isinstance(found, Comparison):
            return evolve(entry, comparisons=(found,))
        return _unreadable(entry, found)

    def _changed(self, entry: Entry, olds: list[Located], new: Located) -> Entry:
        comparisons = []
        for old in olds:
            found = self._tried(old, new)
            if isinstance(found, Unreadable) and found.name == old.name:
                found, since = self._since(old, new)
                entry = evolve(entry, since=since)
            if isinstance(found, Unreadable):
                return _unreadable(entry, found)
            comparisons.append(found)
        return evolve(entry, comparisons=tuple(comparisons))

    def _since(self, old: Located, new: Located) -> tuple[Comparison | Unreadable, str]:
        """A workshop compared with the newest that can be read, before one that cannot."""
        paths = paths_of(old.path, is_file=isinstance(old, RevisionDatabase))
        for listed in commits_of(self.repository, old.commit, paths):
            older = self._at(listed.name, old.path)
            if older is None:
                break
            if not is_same(older, old):
                found = self._tried(older, new)
                if isinstance(found, Comparison) or found.name == new.name:
                    return found, listed.short
        return self._tried(None, new), ""

    def _tried(self, old: Located | None, new: Located) -> Comparison | Unreadable:
        """Compares them. A database that is none is as unreadable as YAML is, if only its blob is there."""
        try:
            return _appearance(new) if old is None else compare_located(old, new)
        except OperationError as error:
            for each in (old, new):
                if isinstance(each, RevisionDatabase) and each.name in error.message:
                    if self.repository.look_up(each.blob, 0) is None:
                        break
                    return Unreadable(each.name, (), error.message)
            raise

    def _is_cut_off(self, commit: str) -> bool:
        """Whether a parent is not in this clone, since its history was cut off."""
        if read_commit(self.repository, commit) is not None:
            return False
        if not self.repository.is_shallow():
            raise self.repository.lacking(f"the commit {commit}")
        return True

    def _at(self, commit: str, path: str) -> Located | None:
        """The workshop that a commit has at a path."""
        key = commit, path
        if key not in self._known:
            self._known[key] = located_at(self.repository, commit, path)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]


def _appearance(located: Located) -> Comparison | Unreadable:
    """A workshop compared with nothing."""
    opened = read(located)
    if opened.contents is None:
        return Unreadable(located.name, opened.problems, opened.root)
    side = Side(located.name, opened.contents.workshops, located)
    return Comparison(Side("", (), located), side, diff((), side.workshops))


def _unreadable(entry: Entry, found: Unreadable) -> Entry:
    failure = "" if found.problems else found.root
    return evolve(entry, fate="unreadable", comparisons=(), problems=found.problems, failure=failure)
