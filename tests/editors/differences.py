"""The documents on which an editor and check differ, below the names that the standard gives (EDT-20)."""

from __future__ import annotations

from collections.abc import Mapping

from tests.editors.test_diagnostics import HEAD, WORKSHOP

OWN: Mapping[str, str] = {
    "plain/steps/a.yaml": HEAD,
    "all-keys/steps/a.yaml": (
        f"{HEAD}position: 1\nnavigation:\n  next: null\nmetadata:\n  hint.1: x\nmarkdown: x\n"
    ),
    "quoted-words/steps/a.yaml": 'id: a\ntitle: "true"\nimage_tag: "org/course:a"\nmetadata:\n  "1": "2"\n',
    "old-words/steps/a.yaml": (
        "id: a\ntitle: yes\nimage_tag: org/course:a\nmetadata:\n  on: 1_000\n  y: 2026-01-15\n  z: 12:30:45\n"
    ),
    "true/steps/a.yaml": "id: a\ntitle: true\nimage_tag: org/course:a\n",
    "number/steps/a.yaml": "id: a\ntitle: 12\nimage_tag: org/course:a\n",
    "number-in-metadata/steps/a.yaml": f"{HEAD}metadata:\n  own: 0x1F\n",
    "same-numbers/steps/a.yaml": f"{HEAD}metadata:\n  1: x\n  1.0: y\n",
    "null/steps/a.yaml": "id: a\ntitle: ~\nimage_tag: org/course:a\n",
    "version/workshop.yaml": WORKSHOP.replace("v1", "1.0"),
    "false-date/workshop.yaml": WORKSHOP.replace('"2026-01-15"', "false"),
    "plain-date/workshop.yaml": WORKSHOP.replace('"2026-01-15"', "2026-01-15"),
    "number-date/workshop.yaml": WORKSHOP.replace('"2026-01-15"', "1768469400"),
    "infinite-date/workshop.yaml": WORKSHOP.replace('"2026-01-15"', "-.inf"),
    "octal-position/steps/a.yaml": f"{HEAD}position: 01\n",
    "hexadecimal-position/steps/a.yaml": f"{HEAD}position: 0x1\n",
    "condition/steps/a.yaml": f'{HEAD}navigation:\n  unlock_condition: steps["nowhere"].completed\n',
    "elsewhere/steps/a.yaml": f"{HEAD}navigation:\n  next: nowhere\n",
    "merge/steps/a.yaml": f"{HEAD}metadata:\n  <<: {{own: x}}\n",
    "tab/steps/a.yaml": "id: a\ntitle:\tA\nimage_tag: org/course:a\n",
    "surrogate/steps/a.yaml": 'id: a\ntitle: "\\ud800"\nimage_tag: org/course:a\n',
    "long-key/steps/a.yaml": HEAD + 'metadata:\n  "' + r"\n" * 600 + '": x\n',
    "wide-key/steps/a.yaml": HEAD + 'metadata:\n  "' + "😀" * 600 + '": x\n',
    "comments/steps/a.yaml": "# nothing\n",
    "empty/steps/a.yaml": "",
    "rows/state/a.yaml": (
        "format: yamlsync/1\nworkspace: a\ncustom:\n  - {key: a, value: x}\n  - {key: a, value: y}\n"
    ),
}
"""Documents beside the vectors, by path: those of a step are read as the only one of their workshop."""

DIFFERENCES: Mapping[str, frozenset[str]] = {
    "another file": frozenset(
        {
            "elsewhere/steps/a.yaml",
            "both-lists/workshops.yaml",
            "equal-positions-against-the-ids/steps/a.yaml",
            "list-with-a-file-name/workshop.yaml",
            "navigation-where-the-workshop-has-none/steps/a.yaml",
            "navigation-where-the-workshop-has-none/steps/b.yaml",
            "next-and-prev-of-no-step/steps/a.yaml",
            "next-and-prev-of-no-step/steps/b.yaml",
            "position-of-the-first-step/steps/a.yaml",
            "position-that-overflows/steps/b.yaml",
            "positions-against-the-list/steps/b.yaml",
            "progress-with-no-step/state/w.yaml",
            "reference-to-a-step-that-the-list-misspells/workshop.yaml",
            "step-file-with-the-wrong-name/workshop.yaml",
            "step-in-two-workshops/workshops/y/workshop.yaml",
            "step-that-cannot-be-read-between-others/steps/c.yaml",
            "step-that-no-list-names/steps/b.yaml",
            "step-with-the-id-of-another/steps/b.yaml",
            "step-without-a-file/workshop.yaml",
            "steps-beside-several-workshops/steps/a.yaml",
            "steps-beside-several-workshops/workshops/z/steps/b.yaml",
            "workshop-that-no-list-names/workshops/x/workshop.yaml",
            "workshop-with-another-id/workshops/y/workshop.yaml",
            "workshop-without-a-file/workshops.yaml",
            "workspace-in-the-file-of-another/state/w.yaml",
        }
    ),
    "the meaning of a text": frozenset({"condition/steps/a.yaml"}),
    "odd characters": frozenset(
        {
            "surrogate/steps/a.yaml",
            "byte-order-mark-inside/steps/a.yaml",
            "carriage-returns/steps/a.yaml",
            "control-characters/steps/a.yaml",
            "half-of-a-surrogate-pair/steps/a.yaml",
            "noncharacters/steps/a.yaml",
            "surrogate-pair-of-escapes/steps/a.yaml",
            "unicode-line-breaks/steps/a.yaml",
            "utf8-broken-sequences/steps/a.yaml",
            "utf8-columns-count-characters/steps/a.yaml",
            "utf8-stray-byte/steps/a.yaml",
        }
    ),
    "parts of YAML": frozenset(
        {
            "merge/steps/a.yaml",
            "anchor-and-alias/steps/a.yaml",
            "directives/workshop.yaml",
            "merge-key/steps/a.yaml",
            "second-document/steps/a.yaml",
        }
    ),
    "tabs and comments": frozenset(
        {
            "tab/steps/a.yaml",
            "comments-without-a-blank/steps/a.yaml",
            "line-of-a-tab/steps/a.yaml",
            "tab-at-the-end-of-a-line/steps/a.yaml",
            "tab-before-a-comment/steps/a.yaml",
            "tab-between-key-and-value/steps/a.yaml",
        }
    ),
    "numbers": frozenset(
        {
            "hexadecimal-position/steps/a.yaml",
            "date-not-a-number/state/w01.yaml",
            "date-not-a-number/state/w02.yaml",
            "date-not-a-number/state/w03.yaml",
            "date-too-large/state/w01.yaml",
            "date-too-large/state/w02.yaml",
            "date-too-large/state/w03.yaml",
            "date-too-large/state/w04.yaml",
            "date-too-large/state/w05.yaml",
            "date-whole-real/state/w01.yaml",
            "date-whole-real/state/w02.yaml",
            "date-whole-real/state/w03.yaml",
            "date-whole-real/state/w04.yaml",
            "date-whole-real/state/w05.yaml",
            "first-position-under-64-bits/workshop.yaml",
            "position-in-hexadecimal/steps/a.yaml",
            "position-over-64-bits/steps/a.yaml",
            "position-with-a-point/steps/a.yaml",
        }
    ),
    "rows": frozenset({"rows/state/a.yaml", "duplicate-rows-of-progress/state/w.yaml"}),
    "spelled length": frozenset(
        {"long-key/steps/a.yaml", "key-over-1000-characters-with-its-escapes/steps/a.yaml"}
    ),
    "no content": frozenset({"comments/steps/a.yaml", "file-of-comments-only/steps/a.yaml"}),
    "typed words": frozenset(
        {
            "true/steps/a.yaml",
            "number/steps/a.yaml",
            "number-in-metadata/steps/a.yaml",
            "same-numbers/steps/a.yaml",
            "version/workshop.yaml",
            "false-date/workshop.yaml",
            "explicit-keys/steps/a.yaml",
            "spellings/steps/a.yaml",
        }
    ),
}
"""By name: the documents that one of the two refuses and the other takes. On all others they agree."""

REFUSED_BY_THE_EDITOR = frozenset({"typed words"})
