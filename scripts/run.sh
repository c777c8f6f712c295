#!/usr/bin/env bash
# scripts/run.sh [SCRIPT [ARG...]]: build zsh-mq, installing what is missing, and run a script with it;
# without a script, open the shell.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need_toolchain
build_release || [ $? = 9 ] || fail "the build failed; its output is above"

# From here on the signals and the terminal are the program's.
if [ $# = 0 ]; then
  exec "$program"
fi
exec "$program" run "$@"
