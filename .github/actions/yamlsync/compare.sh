#!/usr/bin/env bash
# Compares the committed database with the YAML. A difference fails, or where that is wanted, warns.
set -euo pipefail
. "$GITHUB_ACTION_PATH/shared.sh"

stop_commands
code=0
yamlsync import --check -- "$DIRECTORY" "$DATABASE" || code=$?
resume_commands

case $code in
  0) output current true ;;
  1)
    output current false
    message="$DATABASE is not what $DIRECTORY says. Rebuild it: yamlsync import $DIRECTORY $DATABASE"
    if [ "$FAIL_ON_STALE" = false ]; then
      annotate warning "stale database" "$message"
    else
      annotate error "stale database" "$message"
      exit 1
    fi
    ;;
  *) exit "$code" ;;
esac
