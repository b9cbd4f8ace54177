"""A page in Markdown, read as GitHub and GitLab do: what would act, and is all closed that is opened."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

_OURS = re.compile(r"<!-- yamlsync diff: [A-Za-z0-9._/%-]+ -->|</?details>|</?summary>|</?code>|")
_ACTS = {
    "mention": re.compile(r"(?<![\w`])@[A-Za-z0-9]"),
    "issue": re.compile(r"(?<![&\w])#\d|\w#\d|\bGH-\d", re.IGNORECASE),
    "reference of GitLab": re.compile(r"(?<![\w&])[!$%&~^*](?=[\w\"'])|\[(?:vulnerability|work_item|epic):"),
    "commit": re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{7,40}(?![0-9A-Za-z])"),
    "address": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|\bwww\.|\bmailto:|\w@\w", re.IGNORECASE),
    "picture by its name": re.compile(r":[\w+-]+:"),
}

HOSTILE = [
    *[
        "@torvalds",
        "a @org/team b",
        "(@me)",
        "x@me.example",
        "@all",
        "&#64;me",
        "@&#x6d;e",
        "**@me**",
        "'@me'",
    ],
    *["#1", "fixes #1", "Closes: #12", "o/r#3", "resolves o/r#4", "GH-5", "closes gh-6", "&#35;7", "#&#55;"],
    *[
        "https://github.com/o/r/issues/1",
        "fixes https://github.com/o/r/pull/2",
        "www.hostile.example",
        "http://a.b",
    ],
    *[
        "<https://github.com/o/r/issues/1>",
        "HTTPS://GITHUB.COM/o/r/pull/3",
        "ftp://x.y/z",
        "mailto:a@b.example",
    ],
    *["0123456789abcdef0123456789abcdef01234567", "deadbeef", "o/r@deadbeef", "1234567", "abcdef0_1234567"],
    *["!12", "~label", "%milestone", "$34", "&56", "^alert#7", "[vulnerability:8]", "*iteration:9", '~"a b"'],
    *[
        "/close",
        "/assign @me",
        "a\n/close\nb",
        ":+1:",
        ":smile: :x:",
        "$x^2$",
        "$`x`$",
        "$$\n\\href{x}{y}\n$$",
    ],
    *["```\n</details>", "````", "`" * 90, "~~~\nx", "``` ```", "a `` b ` c", "</details>", "</summary><b>"],
    *[
        "--> <b>",
        "<!-- x",
        "a | b | c",
        "| --- |",
        "\\| x",
        "a \\",
        "# head",
        "- item",
        "1. item",
        "> [!WARNING]\n> x",
    ],
    *[
        "===",
        "---",
        "+++",
        "a\n---",
        "[x]: http://a.b",
        "[^1]: x",
        "- [ ] task",
        "*a* _b_ **c** ~~d~~",
        "<b>",
        "&lt;b&gt;",
    ],
    *[
        "```suggestion\nx\n```",
        "```mermaid\nflowchart TD\n```",
        'a"]\n  click s1 "http://a.b"',
        "%%{init: {}}%%",
        "end",
    ],
    *[
        "{{ x }}",
        "{% raw %}",
        "$(x)",
        "a\tb",
        "a\rb",
        "a\x00b",
        "a\u2028b",
        "a\u202eb",
        "a\ufeffb",
        "\U0001f469\u200d\U0001f680",
    ],
]


def tokens(page: str) -> list[Token]:
    """All tokens of a page, those within lines too."""
    found = []
    for token in _READER.parse(page):
        found.append(token)
        found += token.children or []
    return found


def acts(page: str) -> list[str]:
    """All in a page that is no text, no code and none of our own tags; each in words."""
    found = []
    for token in tokens(page):
        if token.type in (
            "link_open",
            "image",
            "em_open",
            "s_open",
            "heading_open",
            "ordered_list_open",
            "hr",
        ):
            if token.type != "heading_open" or token.tag != "h3":
                found.append(f"{token.type} {token.attrs}")
        elif token.type in ("html_block", "html_inline"):
            tags = re.findall(r"<[^>]*>?", token.content)
            found += [f"tag {tag}" for tag in tags if not _OURS.fullmatch(tag)]
            found += _acting(html.unescape(re.sub(r"<[^>]*>", "\n", token.content)))
        elif token.type == "text":
            found += _acting(token.content)
        elif token.type in ("fence", "code_inline") and _ACTS["mention"].search(token.content):
            found.append("mention in code")
        elif token.type == "fence" and token.info not in ("diff", "mermaid"):
            found.append(f"fence {token.info}")
        elif token.type == "code_block":
            found.append("indented code")
    return found


def _acting(text: str) -> list[str]:
    return [f"{kind}: {match[0]} in {text!r}" for kind, sign in _ACTS.items() if (match := sign.search(text))]


def is_balanced(page: str) -> bool:
    """Whether every fold is closed, where it was opened, and each table has rows of three cells."""
    depth = 0
    for token in tokens(page):
        if token.type in ("html_block", "html_inline"):
            for tag in re.findall(r"</?details>", token.content):
                depth += 1 if tag == "<details>" else -1
                if depth not in (0, 1):
                    return False
    # What is behind the end of a page that was cut within a fence would be code.
    behind = [token.type for token in tokens(f"{page}\n\nbehind\n") if token.content.strip() == "behind"]
    rows = [line for line in outside_fences(page) if line.startswith("| ")]
    return depth == 0 and behind == ["inline", "text"] and all(len(row.split(" | ")) == 3 for row in rows)


def outside_fences(page: str) -> list[str]:
    """The lines of a page that are in no block of code."""
    found, fence = [], ""
    for line in page.split("\n"):
        if fence:
            fence = "" if line == fence else fence
        elif match := re.match(r"```+", line):
            fence = match[0]
        else:
            found.append(line)
    return found


def fences(page: str, info: str) -> list[str]:
    """What stands in the blocks of code of one kind."""
    return [token.content for token in tokens(page) if token.type == "fence" and token.info == info]
