"""Where a text or a comment mentions a step: the line that is named is the line that says it (AUT-30)."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.layout.files import STEP
from yamlsync.reshaping.mentions import mention_words

PATH = "steps/a.yaml"


def said(text: str, step_id: str) -> list[str]:
    block = read(PATH, text.encode(), STEP)
    assert isinstance(block, Block), block
    return list(mention_words({PATH: block}, lambda _: text.encode(), step_id))


def test_what_looks_like_a_comment_in_a_text_is_none() -> None:
    text = """\
# above one
id: a # one, behind
title:   "one \\
  and one"
image_tag: org/a:one
metadata:
    # inside: one
    hint.1: |-
        # one
    # between, one

    hint.2:   'it''s one'
goss_spec: >
  # one
  and one
markdown: |
  # one

  text
# below one
"""
    assert said(text, "one") == [
        f'{PATH}: title mentions "one" 2 times, in lines 3, 4; left as it is',
        f'{PATH}: metadata.hint.1 mentions "one" once, in line 9; left as it is',
        f'{PATH}: metadata.hint.2 mentions "one" once, in line 12; left as it is',
        # Of a folded text only the place as a whole is known.
        f'{PATH}: goss_spec mentions "one" 2 times, in line 13; left as it is',
        f'{PATH}: markdown mentions "one" once, in line 17; left as it is',
        f'{PATH}: comments mention "one" 5 times, in lines 1, 2, 7, 10, 20; left as it is',
    ]


def test_a_word_is_one_only_with_nothing_of_a_word_beside_it() -> None:
    text = "id: a\ntitle: one-1 _one 1one Äone one2 (one) one.\nimage_tag: x:1 # once, done\n"
    assert said(text, "one") == [f'{PATH}: title mentions "one" 2 times, in line 2; left as it is']


def test_an_id_is_no_pattern() -> None:
    text = "id: a\ntitle: aXb a.b\nimage_tag: x:1\n"
    assert said(text, "a.b") == [f'{PATH}: title mentions "a.b" once, in line 2; left as it is']
    assert said(text, "") == []


comment_lines = st.lists(st.sampled_from(["# one", "# two", "# not one: one", ""]), max_size=4)


@given(st.lists(comment_lines, min_size=4, max_size=4), st.sampled_from(["# one", "text one", "two"]))
def test_each_line_that_is_named_mentions_it(above: list[list[str]], first: str) -> None:
    keys = ["id: a", "title: one # one", "image_tag: x:1", f"markdown: |\n  {first}"]
    text = "".join(
        "".join(f"{line}\n" for line in (*some, key)) for some, key in zip(above, keys, strict=True)
    )
    lines = text.splitlines()
    for remark in said(text, "one"):
        where = re.search(r", in lines? ([0-9, ]+?)(?:, …)?; left as it is$", remark)
        assert where is not None, remark
        for number in where[1].split(", "):
            line = lines[int(number) - 1]
            assert "one" in line
            assert ("#" in line) or ": comment" not in remark
