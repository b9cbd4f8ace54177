#!/usr/bin/env bash
# Installs yamlsync into an environment of its own: the job's Python stays as it is. cel checks conditions, html writes pages.
set -euo pipefail
. "$GITHUB_ACTION_PATH/../yamlsync/shared.sh"

place=$(mktemp -d "$RUNNER_TEMP/yamlsync.XXXXXX")
"$PYTHON" -I -m venv "$place"
PYTHON=$place/bin/python
[ -e "$PYTHON" ] || PYTHON=$place/Scripts/python.exe
"$PYTHON" -I -m pip install --quiet --no-input --disable-pip-version-check -- \
  "${REQUIREMENT:-$GITHUB_ACTION_PATH/../../..[${EXTRA:-cel}]}"
yamlsync --version
output python "$PYTHON"
