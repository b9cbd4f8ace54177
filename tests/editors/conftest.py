"""The language server, installed by npm once, with the settings that the standard shows (EDT-10)."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import npm
from tests.conftest import ROOT
from tests.editors.language_server import LanguageServer, serve

HERE = Path(__file__).parent
SCHEMAS = ROOT / "spec" / "schemas"
PAGE = ROOT / "spec" / "editors.md"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that an editor has open, with the schemas in it as the standard says."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(SCHEMAS, folder / ".schemas")
    return folder


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest, course: Path) -> Iterator[LanguageServer]:
    """A language server that was told of the schemas as an editor would tell it."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed")
    assert request.config.cache is not None
    place = request.config.cache.mkdir("language-server")
    if not (place / "node_modules").exists():
        npm.install(place, (HERE / "package.json").read_text(encoding="utf-8"), "the language server")
    with serve(place, {"yaml": _settings()}, course) as running:
        _wait_for_schemas(running)
        yield running


def _wait_for_schemas(server: LanguageServer) -> None:
    """Returns when the server knows the schemas: it reads its settings while it answers already."""
    for _ in range(50):
        found = server.diagnostics({"steps/a.yaml": "unknown: key\n"})["steps/a.yaml"]
        if any("unknown is not allowed" in each["message"] for each in found):
            return
    raise AssertionError("the language server does not know the schemas")


def _settings() -> dict[str, Any]:
    """The settings of VS Code on the page, and what it has on without being asked; but no catalogue."""
    block = re.search(r"^```json\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block is not None
    settings = json.loads(block[1])
    shown = {"validate": True, "hover": True, "completion": True}
    return {"schemas": settings["yaml.schemas"], "schemaStore": {"enable": False}, **shown}
