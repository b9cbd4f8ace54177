"""The form of an SSH signature (OpenSSH's PROTOCOL.sshsig): what it says of itself."""

from __future__ import annotations

import base64
import hashlib

from attrs import frozen

from yamlsync.signatures import wire
from yamlsync.signatures.certificates import Certificate, parse_certificate
from yamlsync.signatures.wire import Wire

NAMESPACE = "yamlsync"
"""Ours alone (SIG-1): a signature over anything else, of a commit say, never passes for one of these."""

_LONGEST = 64 * 1024
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"
_VERSION = 1


@frozen
class Armored:
    """An SSH signature. `key_type` is the name of the kind of key, such as `ssh-ed25519`.

    `algorithm` is the one of the signature itself, and `blob` all of it, without its armor.
    """

    public_key: bytes
    namespace: str
    hash_algorithm: str
    key_type: str
    algorithm: str
    blob: bytes

    @property
    def certificate(self) -> Certificate | None:
        """The certificate that the key came in, if so."""
        return parse_certificate(self.public_key)

    @property
    def fingerprint(self) -> str:
        """What `ssh-keygen -l` prints of the key; of a certificate that of the key in it."""
        certificate = self.certificate
        key = self.public_key if certificate is None else certificate.key
        return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")

    @property
    def text(self) -> str:
        """The signature as ssh-keygen writes it."""
        data = base64.b64encode(self.blob).decode()
        lines = [data[at : at + 70] for at in range(0, len(data), 70)]
        return "\n".join([_BEGIN, *lines, _END, ""])


def parse_armored(text: str) -> Armored | None:
    """The signature in `text`, spelled as ssh-keygen writes it (SIG-2); None for anything else."""
    if len(text) > _LONGEST:
        return None
    lines = text.split("\n")
    try:
        armored = _read(base64.b64decode("".join(lines[1:-2]), validate=True))
    except ValueError:
        return None
    # ssh-keygen itself refuses some other spellings; what is judged here has to be good there, too.
    return armored if armored.text == text else None


def _read(blob: bytes) -> Armored:
    parts = Wire(blob)
    if parts.take(len(_MAGIC)) != _MAGIC or parts.number() != _VERSION:
        raise ValueError("not a signature of version 1")
    key = parts.string()
    namespace = parts.string()
    parts.string()  # Reserved; ssh-keygen signs an empty one, whatever stands here.
    hash_algorithm = wire.name(parts.string())
    algorithm = wire.name(Wire(parts.string()).string())
    if not parts.ended or not namespace or b"\0" in namespace:
        raise ValueError("not all of a signature")
    key_type = wire.name(Wire(key).string())
    return Armored(
        key, namespace.decode(errors="backslashreplace"), hash_algorithm, key_type, algorithm, blob
    )
