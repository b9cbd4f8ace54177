"""A rule's docstring as a manual: title, prose, headings and examples."""

from __future__ import annotations

import time

from yamlsync.rules.manual import Example, Heading, Manual, Prose, read_manual

MANUAL = """A thing is not a thing.

It matters, since a thing
that is none is none.

- One way is this.
- Another is that.

```yaml
# not judged
a: 1
```

Fails:

```yaml
a: 1

b: 2
```
```yaml
c: 3
```

Passes, with a reason:

```yaml
d: 4
```

See elsewhere:
"""


def test_a_manual_is_read_in_its_order() -> None:
    expected = Manual(
        "A thing is not a thing.",
        (
            Prose("It matters, since a thing\nthat is none is none."),
            Prose("- One way is this.\n- Another is that."),
            Example("", "# not judged\na: 1\n"),
            Heading("Fails", "Fails:"),
            Example("Fails", "a: 1\n\nb: 2\n"),
            Example("Fails", "c: 3\n"),
            Heading("Passes", "Passes, with a reason:"),
            Example("Passes", "d: 4\n"),
            Prose("See elsewhere:"),
        ),
    )
    assert expected == read_manual(MANUAL)


def test_its_text_is_all_prose_and_its_examples_are_those_that_are_judged() -> None:
    manual = read_manual(MANUAL)
    assert manual.text == (
        "It matters, since a thing\nthat is none is none.\n\n"
        "- One way is this.\n- Another is that.\n\n"
        "See elsewhere:"
    )
    assert [example.verdict for example in manual.examples] == ["Fails", "Fails", "Passes"]


def test_a_word_at_the_start_of_a_paragraph_is_no_heading() -> None:
    parts = read_manual("A.\n\nPasses what it should: all.\n\nFailsafe:\n").parts
    assert parts == (Prose("Passes what it should: all."), Prose("Failsafe:"))


def test_a_manual_of_a_title_alone_has_no_parts() -> None:
    assert read_manual("A thing.\n") == Manual("A thing.", ())
    assert read_manual("") == Manual("", ())


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    start = time.perf_counter()
    manual = read_manual("A.\n\n" + "Fails" * 200_000 + "\n" + "```yaml\n```\n\n" * 50_000)
    assert time.perf_counter() - start < 5
    assert len(manual.parts) == 50_001
