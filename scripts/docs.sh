#!/usr/bin/env bash
# scripts/docs.sh: build the pages of the DocC catalogs, symbols included, into .build/docs. A warning of DocC
# fails it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need_toolchain
command -v docc >/dev/null || {
  say "skipped: this toolchain has no docc"
  exit 0
}
build_release || [ $? = 9 ] || fail "the build failed; its output is above"

# docc copies the frame of the pages with its owner, which only the owner may: a toolchain of root's needs a copy.
frame=$(dirname "$(readlink -f "$(command -v docc)")")/../share/docc/render
if [ -d "$frame" ] && [ ! -O "$frame" ]; then
  export DOCC_HTML_DIR=$root/.build/docs/frame
  rm -rf "$DOCC_HTML_DIR"
  mkdir -p "$root/.build/docs"
  cp -R "$frame" "$DOCC_HTML_DIR"
fi

modules=$root/.build/release
triple=$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)".*/\1/p' | head -n 1)
imports=(-I "$modules/Modules" -I "$root/Sources/CZeroMQ" -I "$root/Sources/CPCRE2")
for map in "$modules"/C*.build/module.modulemap; do
  imports+=(-Xcc "-fmodule-map-file=$map")
done

for catalog in "$root"/Sources/*/*.docc; do
  module=$(basename "$catalog" .docc)
  symbols=$root/.build/docs/$module
  mkdir -p "$symbols"
  swift symbolgraph-extract -module-name "$module" -target "$triple" -minimum-access-level public \
    "${imports[@]}" -output-dir "$symbols"
  # It tells what is wrong on standard output.
  docc convert "$catalog" --warnings-as-errors --additional-symbol-graph-dir "$symbols" \
    --fallback-display-name "$module" --fallback-bundle-identifier "zsh-mq.$module" \
    --output-path "$root/.build/docs/$module.doccarchive" >"$symbols.log" || {
    cat "$symbols.log" >&2
    exit 1
  }
  say ".build/docs/$module.doccarchive"
done
