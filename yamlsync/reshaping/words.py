"""What a change of steps comes to, in words: for the user, who is to see that it is what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yamlsync.document.model import Block
from yamlsync.layout.read import StepFile
from yamlsync.printable import quoted
from yamlsync.records import Step


def order_words(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Each step that comes after another one than before, in their new order; and which is last now."""
    before = dict(zip(old, (None, *old), strict=False))
    for id, previous in zip(new, (None, *new), strict=False):
        if id in before and before[id] == previous:
            continue
        now = "now " if id in before else ""
        if previous is None:
            yield f"{quoted(id)} is {now}the first step"
        else:
            yield f"{quoted(id)} {now}follows {quoted(previous)}"
    if old and new and new[-1] != old[-1] and new[-1] in before:
        yield f"{quoted(new[-1])} is now the last step"


def link_words(file: StepFile, key: str, target: str | None) -> str:
    """A link that a file says, and that does not lead where the order does."""
    where = f"navigation.{key} in {file.path} says so"
    leads = "leads on" if key == "next" else "leads back"
    if target is None:
        return f"{quoted(file.step.id)} still {leads} to no step: {where}"
    return f"{quoted(file.step.id)} still {leads} to {quoted(target)}: {where}"


def explicit_links(block: Block) -> dict[str, str | None]:
    """The links that the document of a step says itself: `next`, `prev`."""
    value = block.values().get("navigation")
    if not isinstance(value, Block):
        return {}
    values = value.values()
    return {key: values[key] for key in ("next", "prev") if key in values}  # type: ignore[misc]


def mention_words(steps: Sequence[StepFile], step_id: str) -> Iterator[str]:
    """Texts that mention an id as a word: nobody can tell whether they mean the step."""
    if not step_id:
        return
    pattern = re.compile(rf"(?<![\w-]){re.escape(step_id)}(?![\w-])")
    for each in steps:
        for name, text in _texts(each.step):
            count = len(pattern.findall(text)) if step_id in text else 0
            if count:
                times = "once" if count == 1 else f"{count} times"
                yield f"{each.path}: {name} mentions {quoted(step_id)} {times}, which is left as it is"


def _texts(step: Step) -> Iterator[tuple[str, str]]:
    yield "title", step.title
    for row in step.metadata:
        yield f"metadata.{row.key}", row.value
    yield "goss_spec", step.goss_spec or ""
    yield "markdown", step.markdown or ""


def changed_keys(old: Block, new: Block) -> list[str]:
    """The keys whose values differ, those of a mapping in a mapping with a dot; else what else differs."""
    before, after = old.values(), new.values()
    found: list[str] = []
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if key in before and key in after and one == other:
            continue
        if _is_mapping(one) or _is_mapping(other):
            inner = [each if isinstance(each, Block) else Block(()) for each in (one, other)]
            keys = changed_keys(inner[0], inner[1])
            found += [key if name == _COMMENTS else f"{key}.{name}" for name in keys]
        else:
            found.append(key)
    return found or [_COMMENTS]


_COMMENTS = "comments"


def _is_mapping(value: object) -> bool:
    return isinstance(value, Block) and bool(value.entries) and value.entries[0].key is not None
