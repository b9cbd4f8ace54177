"""A step that is new or gone → all that it says but its text, as lines for a terminal (DIF-7)."""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.changes.hints import is_hint
from yamlsync.records import Step
from yamlsync.renditions.counting import plural
from yamlsync.renditions.passage_text import INDENT, first_lines
from yamlsync.renditions.quoting import brief, named, quote
from yamlsync.renditions.view import View
from yamlsync.wording.columns import width
from yamlsync.wording.lines import lines

_IN_HEADING = 80


def step_lines(step: Step, act: str, view: View) -> Iterator[str]:
    """The facts, links, metadata, hints and checks of a step, with nothing left out.

    An id and a title are among them where the heading does not have all of them.
    """
    for name, value in (("id", step.id), ("title", step.title)):
        if brief(value, _IN_HEADING).is_cut:
            yield from _value(name, value, act, view)
    yield from _value("image", step.image_tag, act, view)
    yield from _told(f"position: {step.position}", view)
    yield from _navigation(step, act, view)
    for row in step.metadata:
        hint = f"hint {row.key.removeprefix('hint.')}"
        yield from _value(hint if is_hint(row.key) else f"metadata {_name(row.key)}", row.value, act, view)
    if step.goss_spec is not None:
        yield from _checks(step.goss_spec, act, view)


def _navigation(step: Step, act: str, view: View) -> Iterator[str]:
    row = step.navigation
    if row is None:
        yield from _told("no navigation", view)
        return
    for name, to in (("next", row.next_step_id), ("prev", row.prev_step_id)):
        back = "back " if name == "prev" else ""
        yield from _told(f"{name} leads {'nowhere' if to is None else f'{back}to {_name(to)}'}", view)
    if row.unlock_condition is not None:
        yield from _value("opens when", row.unlock_condition, act, view)


def _checks(spec: str, act: str, view: View) -> Iterator[str]:
    """The checks in words, if there are any, and as they are typed."""
    # Imported late: it reads goss specs, and many steps have none.
    from yamlsync.in_words.checks import checks_in_words

    found = checks_in_words(spec)
    typed = lines(spec, markdown=False)
    counted = plural(len(typed), "line")
    yield from _told(f"checks: {f'{counted}; {found.unread}' if found.unread else len(found.told)}", view)
    for check in found.told:
        words = "; ".join([check.words.removesuffix("."), *check.more])
        yield from _told(f"  {brief(words, len(words)).text}", view)
    if not found.unread:
        yield from _told(f"as they are typed: {counted}", view)
    yield from first_lines(typed, act, len(typed), view, is_code=True)


def _value(label: str, value: str, act: str, view: View) -> Iterator[str]:
    """A value in a sentence, or line by line where it has more than one or is longer than one (DIF-56)."""
    shown = brief(value, max(len(value), 1))
    words = f"{label}: {quote(value, max(len(value), 1))}"
    if not shown.is_cut and value == value.rstrip("\r\n") and width(words) <= view.columns(len(INDENT)):
        yield from _told(words, view)
        return
    yield from _told(f"{label}:", view)
    text = lines(value, markdown=False)
    yield from first_lines(text, act, len(text), view)


def _name(name: str) -> str:
    return named(name, 6 * len(name) + 1)


def _told(words: str, view: View) -> Iterator[str]:
    yield from view.paragraph(words, f"{INDENT}  ", INDENT)
