"""What is told of several workshops, on one page no longer than it may be (PRA-20, PRA-22, PRA-24)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attrs import frozen
from workshops import Pair

from yamlsync.comparison import Comparison
from yamlsync.opening import Located, RevisionDirectory
from yamlsync.renditions import github, markdown
from yamlsync.renditions.counting import plural
from yamlsync.renditions.escaping import escaped, marker, size
from yamlsync.renditions.headings import summary
from yamlsync.renditions.quoting import brief
from yamlsync.renditions.story import story_of

FOOT = 1_000
"""Of a page's length, what is kept free for what follows it: a link to all that is told."""

_PATH, _SENTENCE, _MARKER = 80, 300, 300
_MOST_LINES = 40


@frozen
class Told:
    """One workshop: what changed, or why that cannot be said; `is_fault` where the new side is at fault."""

    pair: Pair
    comparison: Comparison | None
    reasons: tuple[str, ...] = ()
    is_fault: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to tell to who learns or teaches."""
        return self.comparison is None or bool(self.comparison.changes)


def first_line(named: Sequence[str]) -> str:
    """By this line the page of the same workshops is found again, whatever became of them."""
    found = marker(" + ".join(sorted(named)) or "*").replace("yamlsync diff:", "yamlsync changes:")
    if len(found) <= _MARKER:
        return found
    # Imported late: hardly any list is as long.
    from hashlib import sha256

    digest = sha256("\n".join(sorted(named)).encode(errors="surrogatepass")).hexdigest()
    return f"<!-- yamlsync changes: {digest} -->"


def page(first: str, told: Sequence[Told], left: int, foot: str, limit: int) -> str:
    """All that is told, with `first` for its first line; `left` workshops more are not looked at."""
    changed = [each for each in told if each.is_changed]
    head = [first, *_head(told, changed, left)]
    room = limit - FOOT - sum(size(block) + 2 for block in [*head, foot])
    return "\n\n".join([*head, *_sections(changed, room), foot])


def _head(told: Sequence[Told], changed: Sequence[Told], left: int) -> list[str]:
    if not changed and not left:
        lines = ["### Nothing that students see changed"]
        return [*lines, *([_listed(told)] if told else [])]
    if len(told) == 1 and not left:
        return [_moved(told[0].pair)] if _moved(told[0].pair) else []
    count = f"{len(told) + left} workshops" if left else plural(len(changed), "workshop")
    return [f"### What changed in {count}", _listed(told, left)]


def _listed(told: Sequence[Told], left: int = 0) -> str:
    lines = [_line(each) for each in told[:_MOST_LINES]]
    if more := len(told) - len(lines):
        lines.append(f"- and {plural(more, 'more workshop')}")
    if left:
        lines.append(f"- {plural(left, 'more workshop')} not looked at: at most {len(told)} are, in one run")
    return "\n".join(lines)


def _line(told: Told) -> str:
    words = _words(told)
    moved = f", before at {code(told.pair.old or '.')}" if _moved(told.pair) else ""
    path = told.pair.new if told.pair.new is not None else told.pair.old
    return f"- {code(path or '.')}{moved}: {escaped(brief(words, _SENTENCE).text)}"


def _words(told: Told) -> str:
    found = told.comparison
    if found is None:
        return "what changed cannot be told"
    if told.pair.old is None or told.pair.new is None:
        side, fate = (found.new, "new") if told.pair.old is None else (found.old, "removed")
        return f"{fate}, with {plural(sum(len(each.steps) for each in side.workshops), 'step')}"
    words = summary(story_of(found.old.workshops, found.new.workshops, found.changes, found.new.unread))
    if not words and found.respelled:
        return f"only comments or spelling, in {plural(len(found.respelled), 'file')}"
    return words or "the same"


def _moved(pair: Pair) -> str:
    if pair.old is None or pair.new is None or pair.old == pair.new:
        return ""
    return f"The workshop is at {code(pair.new or '.')} now, and was at {code(pair.old or '.')}."


def code(path: str) -> str:
    """A path as it stands in a sentence on the page."""
    return f"<code>{escaped(brief(path, _PATH).text)}</code>"


def _sections(changed: Sequence[Told], room: int) -> list[str]:
    """A section for each workshop, as even as can be: what a short one leaves, the long ones take."""
    whole = {number: _section(each, max(room, markdown.LEAST)) for number, each in enumerate(changed)}
    waiting = sorted(whole, key=lambda number: size(whole[number]))
    shown: dict[int, str] = {}
    left_out = 0
    while waiting:
        share = room // len(waiting) - 2
        number = waiting[0]
        if size(whole[number]) > share:
            if share < markdown.LEAST:
                waiting.pop()
                left_out += 1
                continue
            whole[number] = _section(changed[number], share)
        shown[number] = whole[number]
        room -= size(whole[number]) + 2
        del waiting[0]
    sections = [shown[number] for number in sorted(shown)]
    if left_out:
        what = f"the details of {plural(left_out, 'workshop')}"
        sections.append(f"Left out here, where there is no more room: {what}.")
    return sections


def _section(told: Told, limit: int) -> str:
    if told.comparison is not None:
        # The first line is for one page alone.
        return markdown.render(told.comparison, limit).partition("\n\n")[2]
    path = told.pair.new if told.pair.new is not None else told.pair.old
    lines = [f"- {escaped(brief(reason, _SENTENCE).text)}" for reason in told.reasons]
    return "\n".join([f"### What changed in {code(path or '.')} cannot be told", "", *lines])


def annotated(told: Sequence[Told]) -> list[str]:
    """The changes that matter most, as commands to GitHub's runner; as many as it shows."""
    found: list[str] = []
    for each in told:
        if each.comparison is not None and each.comparison.changes:
            read = partial(_read, each.comparison.new.located)
            found += github.render(each.comparison, read).split("\n")
    if len(found) <= github.MOST:
        return found
    more = plural(len(found) - github.MOST + 1, "more annotation")
    return [*found[: github.MOST - 1], f"::notice title=yamlsync diff::{more} left out: the summary has all"]


def _read(located: Located, path: str) -> bytes | None:
    """A file of the new side by its path in the workshop."""
    if isinstance(located, RevisionDirectory) and path in located.tree:
        return located.tree.read(path)
    return None
