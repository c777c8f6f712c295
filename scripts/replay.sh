#!/usr/bin/env bash
# scripts/replay.sh [TIMES]: records sessions with real peers at a terminal, and replays each fifty times.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

times=${1:-50}
need_toolchain
need_python
build_release || [ $? = 9 ] || fail "the build failed; its output is above"
ZSH_MQ=${ZSH_MQ:-$program} exec "$python" -m pytest -c "$root/Tests/pytest.ini" --rootdir "$root/Tests" -n "$jobs" \
  --replays "$times" --durations 0 -q "$root/Tests/Pty/test_recorded_sessions.py"
