"""A link or a picture has a target that does not travel with the text.

A workshop is a database with texts, and nothing stands beside them: no folder of pictures, no other page,
no server whose root a slash could mean. Write the whole address, `https://` and all. A picture can be
written as a `data:` address where it is small.

Targets with a scheme (`https:`, `mailto:`), with a host (`//example.com`), within the text (`#part`), and
those that something else fills in (`{{HOST}}`, `$HOST`) are no finding, and neither are links in code.

Fails:

```yaml
# steps/two.yaml
markdown: |
  ![The three pods](images/pods.png)
```

```yaml
# steps/two.yaml
markdown: |
  Read [the step before][1] again.

  [1]: ../one.md
```

Passes:

```yaml
# steps/two.yaml
markdown: |
  ![The three pods](https://example.com/images/pods.png)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.code import outside_fences
from yamlsync.rules.texts.markdown import Structure, structure
from yamlsync.rules.texts.places import markdown_texts

ID = "YS717"
SEVERITY = "warning"

# What can be told at a glance of most links: that they have a host, or are within the text.
_FINE = r"(?:https?://|#|mailto:|\{\{|data:)"
_BRACKET = re.compile(rf"\](?:\((?!<?{_FINE})|:(?=[ \t]*[^\s])(?![ \t]*<?{_FINE}))")
_HTML = re.compile(
    r"<(?:[iI][mM][gG]|[aA]|[vV][iI][dD][eE][oO]|[sS][oO][uU][rR][cC][eE]|[aA][uU][dD][iI][oO])\s"
)
_ATTRIBUTE = re.compile(
    r"<(?i:img|a|video|source|audio)\s[^<>]*?(?<=\s)(?i:src|href)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'=<>`]+))"
)
_WITH_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?")
_FILLED_IN = re.compile(r"[{}$<>]|%7[bBdD]|\A[A-Z][A-Z0-9_]*\Z|\A\.{3}\Z|\A…\Z")
_MAIL = re.compile(r"[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+\Z")
_HOST = re.compile(r"(?:www\.[a-z0-9-]+\.|[a-z0-9-]+\.(?:com|org|net|io|dev)(?:/|\Z))", re.IGNORECASE)

_ENOUGH = 200
_LONGEST_LABEL = 1_000


def check(course: Course) -> Iterator[Diagnostic]:
    """Relative targets, and absolute ones without a host, at the target (TXT-17)."""
    for place, text in markdown_texts(course):
        brackets = list(islice(_BRACKET.finditer(text), _ENOUGH))
        inline = [match.start() for match in brackets if match.group() == "]("]
        defined = [
            match.start() for match in brackets if match.group() == "]:" and _defines(text, match.start())
        ]
        html = [match.start() for match in islice(_HTML.finditer(text), _ENOUGH)]
        if not (inline or html or defined):
            continue
        inline, html, defined = (outside_fences(text, each) for each in (inline, html, defined))
        if not (inline or html or defined) or (markdown := structure(text)) is None:
            continue
        found = sorted(set(_lost(text, markdown, inline, html, defined)))
        spans = ((start, end, _message(target, what)) for start, end, target, what in found)
        for finding in place.findings(spans, ""):
            yield _with_help(finding, text)


def _defines(text: str, bracket: int) -> bool:
    """Whether a closing bracket ends a label at the beginning of a line."""
    label = text.rfind("[", max(bracket - _LONGEST_LABEL, 0), bracket)
    line = text.rfind("\n", max(label - _LONGEST_LABEL, 0), max(label, 0)) + 1
    return label >= 0 and not text[line:label].strip(" \t>*+-0123456789.)")


def _lost(
    text: str, markdown: Structure, inline: list[int], html: list[int], defined: list[int]
) -> Iterator[tuple[int, int, str, str]]:
    """The range of each lost target, the target, and what leads there."""
    for link in markdown.links(inline) if inline else ():
        if _is_lost(link.target):
            yield link.start, link.end, link.target, "picture" if link.is_image else "link"
    for link in markdown.definitions() if defined else ():
        if _is_lost(link.target):
            yield link.start, link.end, link.target, "link"
    if html:
        for start, end in (*markdown.html_blocks(), *markdown.html_spans(html)):
            if text.startswith("<!--", start):
                continue
            for match in _ATTRIBUTE.finditer(text, start, end):
                group = match.lastindex or 0
                if _is_lost(match[group]):
                    what = "link" if match[0][1:3].lower().strip() == "a" else "picture"
                    yield match.start(group), match.end(group), match[group], what


def _is_lost(target: str) -> bool:
    target = target.strip()
    return bool(target) and not _WITH_SCHEME.match(target) and not _FILLED_IN.search(target)


def _message(target: str, what: str) -> str:
    return f"nothing travels beside the text, so this {what} leads nowhere: {shown(target, 60)}"


def _with_help(finding: Diagnostic, text: str) -> Diagnostic:
    start, end = finding.within or (0, 0)
    target = text[start:end].strip("<>")
    if _MAIL.match(target):
        help = f"write the scheme too: {shown(f'mailto:{target}')}"
    elif _HOST.match(target):
        help = f"write the scheme too: {shown(f'https://{target}')}"
    else:
        help = "write the whole address, with https:// and the host"
    return Diagnostic(finding.file, finding.at, finding.message, help, finding.within)
