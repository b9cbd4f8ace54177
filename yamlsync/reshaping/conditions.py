"""A step's id in an unlock condition, spelled anew in the quotes that stand there (AUT-31)."""

from __future__ import annotations

from yamlsync.rules.conditions.steps_named import NamedStep, steps_named

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def renamed(condition: str, old: str, new: str) -> str:
    """The condition with `new` in each literal index of `steps` that names `old`."""
    if old and "steps" not in condition:
        return condition
    pieces = []
    done = 0
    for named in steps_named(condition):
        if named.id == old:
            start, end, text = _spelled(condition, named, new)
            pieces += [condition[done:start], text]
            done = end
    return "".join([*pieces, condition[done:]])


def _spelled(condition: str, named: NamedStep, new: str) -> tuple[int, int, str]:
    """Which characters are replaced, and by what."""
    quote = condition[named.start - 1]
    if condition[max(named.start - 3, 0) : named.start] == quote * 3:
        quote *= 3
    opening = named.start - len(quote)
    if condition[opening - 1] not in "rR":
        return named.start, named.end, _escaped(new, quote[0])
    if quote[0] not in new and new.isprintable():
        return named.start, named.end, new
    # A raw text cannot spell it: it becomes one with escapes.
    return opening - 1, named.end, f"{quote}{_escaped(new, quote[0])}"


def _escaped(text: str, quote: str) -> str:
    return "".join(_spelling(character, quote) for character in text)


def _spelling(character: str, quote: str) -> str:
    if character == quote:
        return f"\\{quote}"
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
