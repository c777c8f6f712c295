#!/usr/bin/env bash
# scripts/bench.sh [CASE...] [--rounds N] [--scale X]: `repeat N { send ...; recv }` against the same loop in
# C on libzmq and in pyzmq, as ratios. Under three minutes; --help names the cases.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need_python
if [ -z "${ZSH_MQ:-}" ]; then
  need_toolchain
  build_release || fail "the build failed or warned; its output is above"
  export ZSH_MQ=$program
fi
exec "$python" "$root/scripts/bench/bench.py" "$@"
