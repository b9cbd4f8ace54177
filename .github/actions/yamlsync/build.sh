#!/usr/bin/env bash
# Builds the database outside the workspace, and proves that it is what the YAML says, byte for byte each time.
set -euo pipefail
. "$GITHUB_ACTION_PATH/shared.sh"
stop_commands

place=$(mktemp -d "$RUNNER_TEMP/yamlsync.XXXXXX")
built=$place/$(basename -- "${DATABASE:-workshop.db}")
options=()
[ -z "${SOURCE_COMMIT:-}" ] || options+=(--source-commit "$SOURCE_COMMIT")
[ -z "${SCHEMA:-}" ] || options+=(--schema "$SCHEMA")
yamlsync import ${options[@]+"${options[@]}"} -- "$DIRECTORY" "$built"
yamlsync verify --against "$DIRECTORY" -- "$built"

# Nothing of the time, its zone, the locale or the folder may be in it.
mkdir "$place/again"
TZ=Asia/Kathmandu LC_ALL=C yamlsync import ${options[@]+"${options[@]}"} -- "$DIRECTORY" "$place/again/other.db"
cmp -- "$built" "$place/again/other.db"

sha256=$("$PYTHON" -I -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$built")
digest=$(yamlsync digest -- "$built")
echo "$built: SHA-256 $sha256, content $digest"
output database "$built"
output sha256 "$sha256"
output content-digest "$digest"
