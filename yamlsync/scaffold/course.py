"""The files of a new workshop: three steps that work, and comments on what to do next (AUT-2)."""

from __future__ import annotations

from yamlsync.document.model import Block, Entry
from yamlsync.document.render import render
from yamlsync.layout.files import FORMAT, STEP, WORKSHOP, step_path, workshop_path
from yamlsync.scaffold import texts
from yamlsync.scaffold.facts import Facts


def course_files(facts: Facts) -> dict[str, bytes]:
    """The files of the workshop, by path."""
    blocks = {
        "welcome": _welcome(facts),
        "hello": _hello(facts),
        "wrap-up": _wrap_up(facts),
    }
    files = {step_path("", id): render(block, STEP) for id, block in blocks.items()}
    return {workshop_path(""): render(_workshop(facts, tuple(blocks)), WORKSHOP), **files}


def _workshop(facts: Facts, step_ids: tuple[str, ...]) -> Block:
    steps = Block(tuple(Entry(None, id) for id in step_ids))
    return Block(
        (
            Entry(
                "format",
                FORMAT,
                (
                    "# What the workshop is, and in which order its steps come. What to do next:",
                    "# write the steps in steps/, and ask what is wrong now and then: yamlsync check",
                    "# Then build the database that students get: yamlsync import . " + facts.database,
                    "",
                ),
            ),
            Entry("id", facts.id, behind="# students' progress knows the workshop by it"),
            Entry("name", facts.name),
            Entry("version", "v1", behind="# goes up when a published step changes its meaning"),
            Entry("created_at", facts.created_at),
            Entry(
                "steps",
                steps,
                (
                    "",
                    "# Each line is the id of a step, and the name of its file in steps/. The order here is",
                    "# the order for students: each step leads to the next one. To change it:",
                    "#   yamlsync step add . ID --after hello",
                    "#   yamlsync step mv . hello NEW-ID",
                    "#   yamlsync step order . wrap-up --before hello",
                ),
            ),
        )
    )


def _welcome(facts: Facts) -> Block:
    return Block(
        (
            Entry(
                "id",
                "welcome",
                ("# A step that only tells something: without goss_spec nothing is checked.",),
            ),
            Entry("title", "Welcome"),
            Entry(
                "image_tag", f"{facts.repository}:welcome", ("# The container that the student works in.",)
            ),
            Entry("metadata", Block((Entry("difficulty", "easy"), Entry("duration", "5m")))),
            Entry(
                "markdown",
                texts.WELCOME,
                (
                    "# What students read, in Markdown. Everything below is yours to replace. Two spaces at",
                    "# the end of a line break it, so no editor should cut them off.",
                ),
            ),
        )
    )


def _hello(facts: Facts) -> Block:
    return Block(
        (
            Entry(
                "id", "hello", ("# A step with a task, a check and hints. Most steps look like this one.",)
            ),
            Entry("title", "Say hello"),
            Entry("image_tag", f"{facts.repository}:hello"),
            Entry(
                "metadata",
                Block(
                    (
                        Entry("difficulty", "easy"),
                        Entry("duration", "10m"),
                        Entry(
                            "hint.1",
                            "Which command prints a line of text? Where does > send it?",
                            ("# Hints are shown one after the other, as a student asks for them.",),
                        ),
                        Entry("hint.2", "echo 'Hello, world' > /workshop/lab/hello.txt"),
                        Entry(
                            "solve",
                            texts.SOLVE_HELLO,
                            ("# Commands that do the task: for whoever tests the course.",),
                        ),
                    )
                ),
            ),
            Entry(
                "goss_spec",
                texts.GOSS_HELLO,
                (
                    "# What is looked at when a student asks whether the step is done, in goss's own YAML.",
                    "# Text between slashes is a regular expression.",
                ),
            ),
            Entry("markdown", texts.HELLO),
        )
    )


def _wrap_up(facts: Facts) -> Block:
    return Block(
        (
            Entry("id", "wrap-up"),
            Entry("title", "Wrap up"),
            Entry("image_tag", f"{facts.repository}:wrap-up"),
            Entry(
                "navigation",
                Block((Entry("unlock_condition", 'steps["hello"].completed'),)),
                (
                    "# This step opens when hello is done. next and prev need no words here: they are the",
                    "# neighbours in the list of workshop.yaml.",
                ),
            ),
            Entry(
                "metadata",
                Block(
                    (
                        Entry("difficulty", "easy"),
                        Entry("duration", "5m"),
                        Entry("hint.1", "A folder and all in it is copied by cp -r."),
                    )
                ),
            ),
            Entry("goss_spec", texts.GOSS_WRAP_UP),
            Entry("markdown", texts.WRAP_UP),
        )
    )
