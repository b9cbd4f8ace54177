"""What changed, as a comment on a pull request, no longer than it may be (DIF-60 to DIF-66)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from yamlsync.comparison import Comparison, Side
from yamlsync.opening import RevisionDatabase, RevisionDirectory
from yamlsync.printable import first_of
from yamlsync.renditions.counting import plural
from yamlsync.renditions.escaping import escaped, fenced, marker, size
from yamlsync.renditions.headings import followed, name_of, summary, workshop_heading
from yamlsync.renditions.markdown_steps import TABLE, details, folded, has_details, item, row
from yamlsync.renditions.mermaid import graph
from yamlsync.renditions.quoting import named, quote
from yamlsync.renditions.story import StepStory, Story, WorkshopStory, story_of
from yamlsync.renditions.words import sentence
from yamlsync.wording.columns import truncated

COMMENT = 65_536
"""The length of a comment that GitHub takes; GitLab takes a million."""

SUMMARY = 250_000
"""The length of a page that is added to the summary of a step: at most 750,000 bytes of the 1,048,576."""

LEAST = 8_000
"""The least limit that can be kept: heading and ending alone may take as much."""

_MERMAID = 50_000
_NAME, _SENTENCE, _MARKER = 60, 200, 300
_MOST_ITEMS = 40
_ENDING = 1_500


@define
class _Page:
    """What is put on the page, and how much there is still room for."""

    room: int
    left_out: list[StepStory] = field(factory=list)
    rows_left_out: int = 0
    workshops_left_out: int = 0

    def takes(self, block: str, of: float = 1) -> bool:
        """Whether there is room for a block; in but a part `of` the room where that is said."""
        needed = size(block) + 2
        if needed > self.room * of:
            return False
        self.room -= needed
        return True


@frozen
class _Part:
    """What is told of one workshop."""

    workshop: WorkshopStory
    blocks: list[str]
    told: tuple[StepStory, ...]


def render(comparison: Comparison, limit: int = COMMENT) -> str:
    """All that changed, at most `limit` characters of it as UTF-16 has them; `limit` is at least `LEAST`.

    The first line is the same for the same new side: by it, a comment is found again.
    """
    sides = comparison.old.workshops, comparison.new.workshops
    story = story_of(*sides, comparison.changes, comparison.new.unread)
    head = [page_marker(comparison.new), f"### What changed in {escaped(_named(story))}"]
    head += _summary(comparison, story)
    page = _Page(limit - sum(size(block) + 2 for block in head) - _ENDING)
    parts = list(_tables(story, page, limit))
    for part in parts:
        part.blocks.extend(_graph(part.workshop, page, limit))
    for part in parts:
        part.blocks.extend(_details(part.told, page, limit))
    for part in parts:
        part.blocks.extend(_following(part.workshop, page))
    blocks = [block for part in parts for block in part.blocks]
    return "\n\n".join([*head, *blocks, *_ending(page)])


def page_marker(new: Side) -> str:
    """The first line of each page on this side, wherever in history it is."""
    located = new.located
    path = located.path if isinstance(located, RevisionDirectory | RevisionDatabase) else new.name
    name = posixpath.normpath(path.replace("\\", "/") or ".")
    if len(found := marker(name)) <= _MARKER:
        return found
    # Imported late: hardly any name is as long.
    from hashlib import sha256

    return marker(sha256(name.encode(errors="surrogatepass")).hexdigest())


def _named(story: Story) -> str:
    if len(story.workshops) != 1:
        return plural(len(story.workshops), "workshop")
    workshop = story.workshops[0]
    record = workshop.new or workshop.old
    return quote((record.name if record else "") or workshop.id, _NAME)


def _summary(comparison: Comparison, story: Story) -> Iterator[str]:
    old, new = (f"<code>{escaped(quote(side.name, _NAME)[1:-1])}</code>" for side in _sides(comparison))
    told = (
        f"**{escaped(truncated(summary(story), _SENTENCE))}**"
        if story
        else "Nothing that students see changed"
    )
    yield f"{told}, from {old} to {new}."
    if paths := comparison.respelled:
        files = f"{plural(len(paths), 'file')}{' besides' if story else ''}"
        words = truncated(first_of([named(path, _NAME) for path in paths]), _SENTENCE)
        yield f"Only comments or spelling differ in {files}: {escaped(words)}."


def _sides(comparison: Comparison) -> tuple[Side, Side]:
    return comparison.old, comparison.new


def _tables(story: Story, page: _Page, limit: int) -> Iterator[_Part]:
    """The tables, which are cut only where they take more than half of a page."""
    rest = page.room
    page.room = min(rest, limit // 2)
    start = page.room
    for workshop in story.workshops:
        blocks = list(_table(workshop, page, is_alone=len(story.workshops) == 1))
        yield _Part(workshop, blocks, workshop.told)
    page.room = rest - (start - page.room)


def _table(workshop: WorkshopStory, page: _Page, *, is_alone: bool) -> Iterator[str]:
    is_same = workshop.old is not None and workshop.new is not None and not workshop.changes
    if is_same and not workshop.told:
        return
    if not (is_alone and is_same):
        lines = [f"**{escaped(truncated(workshop_heading(workshop), _SENTENCE))}**"]
        told = [item(sentence(each)) for each in workshop.changes]
        block = "\n\n".join([*lines, *(["\n".join(told)] if told else [])])
        if not page.takes(block):
            page.workshops_left_out += 1
            page.rows_left_out += len(workshop.told)
            return
        yield block
    rows: list[str] = []
    for step in workshop.told:
        line = row(step)
        if not page.takes(line if rows else f"{TABLE}\n{line}"):
            break
        rows.append(line)
    page.rows_left_out += len(workshop.told) - len(rows)
    if rows:
        yield "\n".join([TABLE, *rows])


def _graph(workshop: WorkshopStory, page: _Page, limit: int) -> Iterator[str]:
    text = graph(workshop, min(_MERMAID, limit // 4))
    if text is not None and page.takes(block := fenced(text.split("\n"), "mermaid"), of=0.5):
        yield block


def _details(steps: Iterable[StepStory], page: _Page, limit: int) -> Iterator[str]:
    """The sections that there is room for, in order; of the others, it is noted that they are left out."""
    for step in filter(has_details, steps):
        # A section takes some hundreds at least: where there is no room for these, none is made.
        block = details(step, limit // 6) if page.room > _SENTENCE else None
        if block is not None and page.takes(block):
            yield block
        else:
            page.left_out.append(step)


def _following(workshop: WorkshopStory, page: _Page) -> Iterator[str]:
    """What follows from the changes, on demand: which places and links are others."""
    words = followed(workshop)
    if not words:
        return
    steps = [step for step in workshop.steps if step.following]
    lines = []
    for step in steps[:_MOST_ITEMS]:
        told = "; ".join(sentence(change, _NAME) for change in step.following)
        lines.append(item(truncated(f"{name_of(step)}: {told}", 2 * _SENTENCE)))
    if more := len(steps) - len(lines):
        lines.append(item(f"and {plural(more, 'more step')}"))
    block = folded(f"{words[0].upper()}{words[1:]}", "\n".join(lines))
    if page.takes(block):
        yield block
    elif page.takes(short := f"{escaped(words[0].upper() + words[1:])}."):
        yield short


def _ending(page: _Page) -> Iterator[str]:
    """What is left out for length, in one line."""
    told = []
    if page.workshops_left_out:
        told.append(plural(page.workshops_left_out, "workshop"))
    if page.rows_left_out:
        told.append(f"{plural(page.rows_left_out, 'step')} of the table")
    if page.left_out:
        names = first_of([named(step.id, _NAME // 2) for step in page.left_out])
        told.append(f"the details of {plural(len(page.left_out), 'step')} ({escaped(names)})")
    if told:
        yield (
            f"Left out here, where there is no more room: {', '.join(told)}. "
            "<code>yamlsync diff --output-format html</code> shows all."
        )
