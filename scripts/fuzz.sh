#!/usr/bin/env bash
# scripts/fuzz.sh [SECONDS]: throw mutated scripts at the parser and the layout, for a minute or as long as
# said, with libFuzzer. It starts from the scripts of the repository and from scripts/fuzz/seeds, and goes on
# from what it found the last time. An input that breaks something stays in .build/fuzz; once mended, it is
# moved to scripts/fuzz/seeds, whose files the unit tests replay.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ && $# -le 1 ]] || fail "usage: scripts/fuzz.sh [SECONDS]"
[ "$(uname)" = Linux ] || fail "the toolchains of Apple have no libFuzzer: run this on Linux"
need_toolchain

folder=$root/.build/fuzz
mkdir -p "$folder/corpus" "$folder/scripts"
# The names say nothing to libFuzzer; numbers keep those apart that are called alike.
number=0
while IFS= read -r script; do
  number=$((number + 1))
  cp "$script" "$folder/scripts/$number.zs"
done < <(find "$root/scripts" "$root/Tests" -name '*.zs' | sort)

say "building"
# One module, so that the fuzzer sees every branch. Its name is what SyntaxDump.swift imports, which is all
# that there is to warn about.
swiftc -O -swift-version 6 -parse-as-library -sanitize=fuzzer -module-name Script \
  "$root"/Sources/Script/*.swift "$root/Tests/ScriptTests/SyntaxDump.swift" "$root/scripts/fuzz/Fuzz.swift" \
  -suppress-warnings -o "$folder/fuzz-script"

cd "$folder"
# The backtracer of Swift would take the place of libFuzzer's own report.
SWIFT_BACKTRACE=enable=no ./fuzz-script -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=4096 \
  -dict="$root/scripts/fuzz/zs.dict" -artifact_prefix="$folder/" -print_final_stats=1 \
  corpus scripts "$root/scripts/fuzz/seeds"
