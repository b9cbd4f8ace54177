"""What has to be known to start a workshop, and what follows where nobody says it (AUT-3)."""

from __future__ import annotations

from attrs import frozen

from yamlsync.errors import OperationError
from yamlsync.image_names import fit_for_repository
from yamlsync.printable import quoted
from yamlsync.rules.images.reference import parse


@frozen
class Facts:
    """What a new workshop is. `repository` is that of its images, `created_at` an ISO 8601 time in UTC."""

    id: str
    name: str
    repository: str
    created_at: str

    @property
    def plain_name(self) -> str:
        """The id as a name that gives no trouble anywhere: in a shell, in YAML, as a file."""
        return fit_for_repository(self.id)

    @property
    def database(self) -> str:
        """The name of the database that is built."""
        return f"{self.plain_name}.db"


def facts(
    folder: str,
    created_at: str,
    *,
    id: str | None = None,
    name: str | None = None,
    repository: str | None = None,
) -> Facts:
    """The facts, from the name of the workshop's folder where they are not given.

    Raises OperationError for one that is given and cannot be right.
    """
    for what, text in (("id", id), ("name", name)):
        if text is not None and (not text.strip() or not text.isprintable()):
            raise OperationError(
                f"the {what} {quoted(text)} is blank or not fit to be shown", "write another"
            )
    if repository is not None:
        _require_repository(repository)
    if id is None:
        id = fit_for_repository(folder)
    if name is None:
        name = _name(folder) or id
    return Facts(id, name, repository or fit_for_repository(id), created_at)


def _require_repository(text: str) -> None:
    """Raises OperationError for what is no repository, or more than one."""
    what = f"{quoted(text)} is no repository of images"
    if not text.strip() or text.endswith("/"):
        raise OperationError(f"{what}: its name is missing", "write one, such as myorg/course")
    found = parse(text)
    more = "a tag" if found.tag is not None else "a digest"
    if found.name and (found.tag is not None or found.digest):
        help = f"each step gets a tag of its own: write it without {more}, {quoted(found.name)}"
        raise OperationError(f"{what}: it has {more}", help)
    if found.fault:
        small = text.lower()
        help = found.fault.help if parse(small).fault else f"write it in lowercase: {quoted(small)}"
        raise OperationError(f"{what}: {found.fault.message}", help)


def _name(folder: str) -> str:
    """`kubernetes-101` as students may read it: `Kubernetes 101`."""
    text = folder.encode(errors="replace").decode()
    words = " ".join(text.replace("-", " ").replace("_", " ").split())
    if not words.isprintable():
        return ""
    return words[:1].upper() + words[1:]
