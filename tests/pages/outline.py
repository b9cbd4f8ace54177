"""A page as its tags, attributes and words: what a parser of HTML without a browser makes of it."""

from __future__ import annotations

from html.parser import HTMLParser

from attrs import define, field

VOID = frozenset({"br", "hr", "link", "meta"})

_TAGS = frozenset(
    [
        "a",
        "article",
        "b",
        "bdi",
        "blockquote",
        "body",
        "br",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "g",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "ins",
        "kbd",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "path",
        "polygon",
        "pre",
        "q",
        "rect",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "th",
        "thead",
        "title",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "charset",
        "class",
        "content",
        "d",
        "dir",
        "height",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
        "open",
        "points",
        "rel",
        "role",
        "rx",
        "start",
        "tabindex",
        "title",
        "value",
        "viewbox",
        "width",
        "x",
        "y",
    ]
)
_LEADS = ("#", "http://", "https://", "mailto:")


@define
class Outline(HTMLParser):
    """What stands in a page."""

    tags: list[str] = field(factory=list)
    attributes: set[tuple[str, str, str]] = field(factory=set)
    words: list[str] = field(factory=list)
    faults: list[str] = field(factory=list)
    _open: list[str] = field(factory=list)

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag."""
        self.tags.append(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag of SVG without anything in it."""
        self.tags.append(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        """Notes an end that ends something else."""
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Notes what is read."""
        if "style" not in self._open:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """There are no comments in a page."""
        self.faults.append(f"<!--{data}-->")

    def handle_pi(self, data: str) -> None:
        """Nor instructions."""
        self.faults.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        """Nor declarations."""
        self.faults.append(f"<![{data}]>")

    def text(self) -> str:
        """All that is read."""
        return "".join(self.words)

    def strangers(self) -> list[str]:
        """Tags, attributes and targets that no page may have, and what is not well-formed."""
        leads = [
            f"{tag} {name}={value}"
            for tag, name, value in self.attributes
            if name not in _ATTRIBUTES
            or (
                name in ("href", "src")
                and not value.startswith(_LEADS)
                and (tag, value) != ("link", "data:,")
            )
        ]
        tags = [tag for tag in self.tags if tag not in _TAGS]
        return [*tags, *sorted(leads), *self.faults, *(f"<{tag}>" for tag in self._open)]


def outline(html: str) -> Outline:
    """The outline of a page, or of a part of one."""
    parser = Outline()
    parser.feed(html)
    parser.close()
    return parser
