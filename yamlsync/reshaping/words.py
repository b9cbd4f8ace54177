"""What a change of steps comes to, in words: for the user, who is to see that it is what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yamlsync.document.model import Block
from yamlsync.filenames import file_name
from yamlsync.image_names import fit_for_repository, fit_for_tag
from yamlsync.layout.read import StepFile
from yamlsync.printable import quoted


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


def name_doubts(step_id: str, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What to say of an id that its file cannot be called by as it is, and what to do instead."""
    name = file_name(step_id)
    if name == step_id:
        return
    plain = fit_for_repository(step_id)
    # An id of none of these letters comes out as a name that has nothing to do with it.
    fits = file_name(plain) == plain and plain not in known and plain[:1] == _ascii_letters(step_id)[:1]
    such_as = f", such as {plain}," if fits else ""
    yield (
        f"the file of {quoted(step_id)} is called {name}.yaml: not all of the id can stand in a file's name",
        f"an id of small letters, digits and hyphens{such_as} is its file's name as it is",
    )


def _ascii_letters(text: str) -> str:
    return "".join(character for character in fit_for_tag(text).lower() if character.isalnum())


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
