"""What editors offer to write in one go: `defaultSnippets`, an extension of editors (EDT-6).

In a body, `$1` is where the cursor goes first, and `${1:text}` is text there that typing replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yamlsync.layout.files import FORMAT
from yamlsync.schemas.words import KeyPath


|
  file:
    ${1:/workshop/lab/pod.yaml}:
      exists: true
"""
