#!/usr/bin/env bash
# scripts/fuzz.sh [scripts|frames] [SECONDS]: throw mutated inputs at the program's readers with libFuzzer, for a minute or
# as long as said. `scripts` go to the parser and the layout, `frames` to the encodings, views, matchers and the reader of
# handshakes; without a word both, one after the other. It starts from scripts/fuzz, scripts also from those of the
# repository, and goes on from what it found the last time. An input that breaks something stays in .build/fuzz; once
# mended, it is moved to scripts/fuzz/seeds, whose files the unit tests replay, or scripts/fuzz/frames.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

targets=(scripts frames)
case ${1:-} in scripts | frames)
  targets=("$1")
  shift
  ;;
esac
seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ && $# -le 1 ]] || fail "usage: scripts/fuzz.sh [scripts|frames] [SECONDS]"
[ "$(uname)" = Linux ] || fail "the toolchains of Apple have no libFuzzer: run this on Linux"
need_toolchain

fuzz=$root/scripts/fuzz
folder=$root/.build/fuzz
mkdir -p "$folder"/{corpus,corpus-frames,scripts}

# build TARGET MODULE SOURCE...: one module, so that the fuzzer sees every branch. It imports itself, which is all that there
# is to warn about.
build() {
  say "building $1"
  swiftc -O -swift-version 6 -parse-as-library -sanitize=fuzzer -module-name "$2" "${@:3}" -suppress-warnings \
    -o "$folder/fuzz-$1"
}

# run TARGET LENGTH DICTIONARY CORPUS SEEDS...
run() {
  # The backtracer of Swift would take the place of libFuzzer's own report.
  (cd "$folder" && SWIFT_BACKTRACE=enable=no "./fuzz-$1" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 \
    -max_len="$2" -dict="$3" -artifact_prefix="$folder/" -print_final_stats=1 "${@:4}")
}

fuzz_scripts() {
  # The names say nothing to libFuzzer; numbers keep those apart that are called alike.
  local number=0 script
  while IFS= read -r script; do
    number=$((number + 1))
    cp "$script" "$folder/scripts/$number.zs"
  done < <(find "$root/scripts" "$root/Tests" -name '*.zs' | sort)
  # The name of the module is what SyntaxDump.swift imports.
  build scripts Script "$root"/Sources/Script/*.swift "$root/Tests/ScriptTests/SyntaxDump.swift" "$fuzz/FuzzScripts.swift"
  run scripts 4096 "$fuzz/zs.dict" corpus scripts "$fuzz/seeds"
}

fuzz_frames() {
  build frames Fuzz -I "$root/Sources/CPCRE2" "$root"/Sources/{Script,Payload,ZMTP}/*.swift "$fuzz/FuzzFrames.swift"
  run frames 1024 "$fuzz/frames.dict" corpus-frames "$fuzz/frames"
}

for target in "${targets[@]}"; do "fuzz_$target"; done
