#!/usr/bin/env bash
# scripts/bench.sh [CASE...] [--rounds N] [--scale X]: `repeat N { send ...; recv }` against the same loop in
# C on libzmq and in pyzmq, as ratios. Under three minutes; --help names the cases.
# scripts/bench.sh keys: from a key to its echo, while 10,000 messages a second are watched and while none comes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need_python
if [ -z "${ZSH_MQ:-}" ]; then
  need_toolchain
  build_release || fail "the build failed or warned; its output is above"
  export ZSH_MQ=$program
fi
if [ "${1-}" = keys ]; then
  shift
  exec "$python" "$root/scripts/bench/keys.py" "$@"
fi
exec "$python" "$root/scripts/bench/bench.py" "$@"
