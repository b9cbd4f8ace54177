"""A step that is new or gone, as lines for a terminal: what it is, and how its text begins (DIF-54)."""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.changes.hints import is_hint
from yamlsync.records import Step
from yamlsync.renditions.counting import plural
from yamlsync.renditions.passage_text import INDENT, first_lines
from yamlsync.renditions.quoting import brief, named, quote
from yamlsync.renditions.story import StepStory
from yamlsync.renditions.view import View
from yamlsync.wording.lines import lines

_FIRST = {"inserted": 8, "deleted": 3}
_MOST_CHECKS = 5
_MOST = 200


def whole_step(step: StepStory, view: View, *, is_whole: bool) -> Iterator[str]:
    """What a step says that is on one side alone; all of it if `is_whole` (DIF-7)."""
    record = step.new or step.old
    if record is None:
        return
    act = "inserted" if step.old is None else "deleted"
    if is_whole:
        # Imported late: mostly a new step is told by what it is.
        from yamlsync.renditions.step_whole import step_lines

        yield from step_lines(record, act, view)
    else:
        for words in _facts(record, is_new=step.old is None):
            yield from view.paragraph(words, f"{INDENT}  ", INDENT)
    if record.markdown is None:
        return
    text = lines(record.markdown)
    yield from view.paragraph(f"text: {plural(len(text), 'line') if text else 'empty'}", INDENT)
    yield from first_lines(text, act, len(text) if is_whole else _FIRST[act], view)


def _facts(step: Step, *, is_new: bool) -> Iterator[str]:
    yield f"image: {named(step.image_tag, _MOST)}"
    if step.navigation and step.navigation.unlock_condition is not None:
        yield f"opens when {brief(step.navigation.unlock_condition, _MOST).text}"
    hints = [row for row in step.metadata if is_hint(row.key)]
    others = [row for row in step.metadata if not is_hint(row.key)]
    if others:
        yield "metadata: " + ", ".join(f"{named(row.key)} {quote(row.value, 40)}" for row in others)
    if hints:
        yield f"hints: {len(hints)}"
    if step.goss_spec is not None:
        yield from _checks(step.goss_spec, is_new=is_new)


def _checks(spec: str, *, is_new: bool) -> Iterator[str]:
    # Imported late: it reads goss specs, and most changes bring none.
    from yamlsync.in_words.checks import checks_in_words

    found = checks_in_words(spec)
    if found.unread:
        yield f"checks: {plural(len(lines(spec, markdown=False)), 'line')}; {found.unread}"
        return
    yield f"checks: {len(found.told)}"
    if not is_new:
        return
    for check in found.told[:_MOST_CHECKS]:
        yield "  " + brief("; ".join([check.words.removesuffix("."), *check.more]), _MOST).text
    if (more := len(found.told) - _MOST_CHECKS) > 0:
        yield f"  and {plural(more, 'more check')}"
