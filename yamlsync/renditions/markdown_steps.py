"""One step of a story → a row of a table, and a folded section, in Markdown (DIF-63, DIF-64)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yamlsync.changes import model
from yamlsync.changes.hints import is_hint
from yamlsync.changes.model import Change
from yamlsync.records import Step
from yamlsync.renditions.counting import plural, text_passages
from yamlsync.renditions.diff_lines import diff_lines, first_lines
from yamlsync.renditions.escaping import escaped, fenced
from yamlsync.renditions.headings import SIGNS, fates, heading, name_of
from yamlsync.renditions.quoting import brief, named, quote
from yamlsync.renditions.story import StepStory
from yamlsync.renditions.words import fact, is_cut, sentence, sentences
from yamlsync.wording.columns import truncated
from yamlsync.wording.lines import lines
from yamlsync.wording.passages import passages

_IN_ROW, _IN_DETAILS = 40, 120
"""How much is shown of each value."""

_MOST_IN_ROW = 3
_MOST_CHECKS = 12
_FIRST_LINES = 12
_LONGEST_CELL = 300

TABLE = "| | step | what changed |\n| --- | --- | --- |"


def row(step: StepStory) -> str:
    """A step in a table: its sign, its name, and what changed in a few sentences."""
    told = [*fates(step), *(sentence(change, _IN_ROW) for change in step.changes)]
    if step.old is None and step.new is not None and step.new.markdown is not None:
        told.append(f"{plural(len(lines(step.new.markdown)), 'line')} of text")
    shown = told[:_MOST_IN_ROW]
    shown = [truncated(each, _LONGEST_CELL) for each in shown]
    if more := len(told) - len(shown):
        shown.append(f"and {more} more")
    name = truncated(name_of(step).removeprefix("step "), _LONGEST_CELL)
    return f"| {escaped(SIGNS[step.state])} | {escaped(name)} | {escaped('; '.join(shown))} |"


def has_details(step: StepStory) -> bool:
    """Whether there is more to tell of a step than its row in the table does."""
    if step.old is None or step.new is None:
        return step.old is None
    return len(step.changes) > _MOST_IN_ROW - len(fates(step)) or any(
        isinstance(change, model.TextChanged | model.GossChanged) or is_cut(change, _IN_ROW)
        for change in step.changes
    )


def details(step: StepStory, most: int) -> str:
    """A folded section: all changes of a step, and of the text of a new one the beginning."""
    if step.old is None and step.new is not None:
        blocks = list(_added(step.new, most))
    else:
        blocks = [block for change in step.changes for block in _change(change, most)]
    summary = f"{SIGNS[step.state]} {truncated(heading(step), 2 * _LONGEST_CELL)}"
    return folded(summary, "\n".join(_spaced(blocks)))


def folded(summary: str, body: str) -> str:
    """Markdown that is shown on demand. The summary is text, the body Markdown."""
    # Behind the empty line, GitHub and GitLab read Markdown again.
    return f"<details>\n<summary>{escaped(summary)}</summary>\n\n{body}\n\n</details>"


def _spaced(blocks: Iterable[str]) -> Iterator[str]:
    """The blocks, with an empty line between two that are not both items of a list."""
    before = ""
    for block in blocks:
        if before and not (before.startswith("- ") and block.startswith("- ")):
            yield ""
        yield block
        before = block


def item(words: str) -> str:
    """A sentence as an item of a list."""
    return f"- {escaped(words)}"


def _change(change: Change, most: int) -> Iterator[str]:
    match change:
        case model.TextChanged():
            yield item(sentence(change))
            yield from _fence(diff_lines(text_passages(change), most))
        case model.GossChanged():
            told = sentences(change, _IN_DETAILS)
            yield from _items(told, _MOST_CHECKS)
            if len(told) > _MOST_CHECKS or is_cut(change, _IN_DETAILS):
                yield from _fence(diff_lines(text_passages(change), most))
        case _:
            value = fact(change)
            if value is None or not is_cut(change, _IN_DETAILS):
                yield item(sentence(change, _IN_DETAILS))
                return
            became = "is new" if value.old is None else "is gone" if value.new is None else "changed"
            yield item(f"{value.label} {became}:")
            yield from _fence(diff_lines(passages(value.old or "", value.new or "", markdown=False), most))


def _fence(lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield fenced(lines, "diff")


def _items(sentences: tuple[str, ...], most: int) -> Iterator[str]:
    shown = sentences[:most] if len(sentences) > most + 1 else sentences
    yield from map(item, shown)
    if more := len(sentences) - len(shown):
        yield item(f"and {more} more")


def _added(step: Step, most: int) -> Iterator[str]:
    yield item(f"image: {named(step.image_tag, _IN_DETAILS)}")
    if step.navigation and step.navigation.unlock_condition is not None:
        yield item(f"opens when {brief(step.navigation.unlock_condition, _IN_DETAILS).text}")
    told = (
        f"hint {row.key.removeprefix('hint.')}: {quote(row.value, _IN_DETAILS)}"
        if is_hint(row.key)
        else f"metadata {named(row.key)}: {quote(row.value, _IN_ROW)}"
        for row in step.metadata
    )
    yield from _items(tuple(told), _MOST_CHECKS)
    if step.goss_spec is not None:
        yield from _items(tuple(_checks(step.goss_spec)), _MOST_CHECKS)
    if step.markdown is not None:
        text = lines(step.markdown)
        yield item(f"text: {plural(len(text), 'line') if text else 'empty'}")
        yield from _fence(first_lines(text, _FIRST_LINES, most))


def _checks(spec: str) -> Iterator[str]:
    # Imported late: it reads goss specs, and most changes bring none.
    from yamlsync.in_words.checks import checks_in_words
    from yamlsync.renditions.check_words import within

    found = checks_in_words(spec)
    if found.unread:
        yield f"checks: {plural(len(lines(spec, markdown=False)), 'line')}; {found.unread}"
    for check in found.told:
        words = "; ".join([within(check.words), *check.more])
        yield f"check: {brief(words, 2 * _IN_DETAILS).text}"
