"""SSH's binary encoding (RFC 4251): strings behind their lengths, and numbers."""

from __future__ import annotations


class Wire:
    """Bytes that are read from the front. Every method raises ValueError where they do not suffice."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        end = self._at + size
        if end > len(self._data):
            raise ValueError("too short")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def number(self, size: int = 4) -> int:
        """The next number, of `size` bytes."""
        return int.from_bytes(self.take(size), "big")

    def string(self) -> bytes:
        """The next string."""
        return self.take(self.number())

    def strings(self) -> list[bytes]:
        """All strings up to the end."""
        found = []
        while not self.ended:
            found.append(self.string())
        return found

    @property
    def ended(self) -> bool:
        """Whether all has been read."""
        return self._at == len(self._data)


def string(data: bytes) -> bytes:
    """A string as it is encoded."""
    return len(data).to_bytes(4, "big") + data


def name(data: bytes) -> str:
    """The name of a kind of key or of an algorithm. Raises ValueError for what cannot be one."""
    text = data.decode("ascii")
    if not 0 < len(text) <= 64 or not text.isprintable() or " " in text:
        raise ValueError("not a name")
    return text
