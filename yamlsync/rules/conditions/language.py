"""What the CEL library says of a condition: faults with their places, and whether it can be true (CEL-11).

The one owner of the library, which comes with the extra `cel`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import Any

from attrs import frozen

from yamlsync.rules.conditions.tokens import tokens

STEP_FIELDS = ("completed", "active", "status")
VARIABLES = ("steps", "state")

_SAID = re.compile(r"^(?:INVALID_ARGUMENT: )?ERROR: <input>:(-?\d+):(-?\d+): (.*)$", re.MULTILINE)
_CALLED = re.compile(rf"undeclared reference to '({'|'.join(VARIABLES)})'\Z")
_MOST_STEPS = 3
_LONGEST_TRIED = 1_000
_MACROS = frozenset(("all", "exists", "exists_one", "filter", "map"))
"""What makes one evaluation as long as a list is; within one another, as long as all lists' product."""
_STATES: tuple[dict[str, Any], ...] = (
    {},
    {"active": True, "status": "active"},
    {"completed": True, "status": "completed"},
)


@frozen
class Fault:
    """What is wrong with a condition, from the character at `start` on; if not of `syntax`, of types."""

    start: int
    message: str
    syntax: bool


@frozen
class Verdict:
    """The faults of a condition. `checked` is False where the library could not tell."""

    faults: tuple[Fault, ...] = ()
    checked: bool = True


@lru_cache(maxsize=2048)
def judge(condition: str) -> Verdict:
    """What the library says; without it, that nothing was checked."""
    environment = _environment()
    if environment is None:
        return Verdict(checked=False)
    try:
        type_name = environment[0].compile(condition).return_type().name()
    except RuntimeError as error:
        return _verdict(condition, str(error))
    if type_name in ("BOOL", "DYN"):
        return Verdict()
    return Verdict((Fault(0, f"the condition gives {_named(type_name)}, not true or false", syntax=False),))


_TYPES = {"STRING": "a text", "INT": "a number", "DOUBLE": "a number", "UINT": "a number", "NULL": "null"}
_TYPES |= {"yamlsync.Step": "a step", "BYTES": "bytes", "TIMESTAMP": "a time", "DURATION": "a duration"}
_KINDS = {"LIST": "a list", "MAP": "a map", "TYPE": "a type"}


def _named(type_name: str) -> str:
    """A type in the words of a message."""
    return _TYPES.get(type_name) or _KINDS.get(type_name.partition("<")[0], type_name)


def _verdict(condition: str, said: str) -> Verdict:
    faults = []
    for line, column, message in _SAID.findall(said):
        # What is asked of something that is wrong itself is no mistake of its own.
        if int(line) < 1 or "'*error*'" in message:
            continue
        syntax = message.startswith("Syntax error")
        faults.append(Fault(_offset(condition, int(line), int(column)), _shortened(message), syntax))
        if syntax:
            # Whatever follows is a consequence of the first.
            return Verdict((faults[0],))
    return Verdict(tuple(faults), checked=bool(faults))


def _offset(condition: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = condition.find("\n", start) + 1
    return min(start + column - 1, len(condition))


def _shortened(message: str) -> str:
    message = message.removeprefix("Syntax error: ").replace(" (in container '')", "")
    message = _CALLED.sub(r"\1 is no function", message)
    message = re.sub(r" expecting \{.*\}$", "", message).replace("'<EOF>'", "the end")
    return (
        message.replace("expecting <EOF>", "after the end")
        .replace("_[_]", "[]")
        .replace("yamlsync.Step", "step")
    )


def is_installed() -> bool:
    """Whether the extra that checks conditions is there."""
    return _environment() is not None


@cache
def _environment() -> tuple[Any, Any] | None:
    """The declared environment, and the class of its steps: `steps` by id, `state` by key, both of texts."""
    # Imported late, and perhaps not there: most conditions are of the usual form.
    try:
        from cel_expr_python import cel
        from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    except ImportError:
        return None
    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="yamlsync/step.proto", package="yamlsync", syntax="proto3")
    step = file.message_type.add(name="Step")
    for number, name in enumerate(STEP_FIELDS, 1):
        kind = kinds.TYPE_STRING if name == "status" else kinds.TYPE_BOOL
        step.field.add(name=name, number=number, type=kind, label=kinds.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    text = cel.Type.STRING
    variables = {"steps": cel.Type.Map(text, cel.Type("yamlsync.Step")), "state": cel.Type.Map(text, text)}
    environment = cel.NewEnv(pool, variables=variables)
    return environment, message_factory.GetMessageClass(pool.FindMessageTypeByName("yamlsync.Step"))


@lru_cache(maxsize=1024)
def can_be_true(condition: str, free: tuple[str, ...], own: str, behind: tuple[str, ...]) -> bool:
    """Whether any progress makes a right condition true, as far as that can be tried out: else True.

    Steps in `free` may be pending, active or completed, `own` is not completed, those `behind` are pending.
    Not tried out are conditions that are long, or go through lists: whoever wrote them could make that slow.
    """
    environment = _environment()
    if environment is None or len(free) > _MOST_STEPS or len(condition) > _LONGEST_TRIED:
        return True
    if any(token.kind == "name" and token.text in _MACROS for token in tokens(condition)):
        return True
    compiler, make_step = environment
    try:
        expression = compiler.compile(condition)
        for progress in _progress(free, own, behind):
            steps = {id: make_step(**({"status": "pending"} | state)) for id, state in progress.items()}
            if expression.eval(data={"steps": steps, "state": {}}).value() is not False:
                return True
    except RuntimeError:
        return True
    return False


def _progress(
    free: tuple[str, ...], own: str, behind: tuple[str, ...]
) -> Iterator[dict[str, dict[str, Any]]]:
    last: dict[str, dict[str, Any]] = {id: {} for id in behind}
    for states in product(_STATES, repeat=len(free)):
        for own_state in _STATES[:2]:
            yield dict(zip(free, states, strict=True)) | {own: own_state} | last
