#!/usr/bin/env bash
# scripts/test.sh [--quick] [unit|golden|interop|pty ...]: the one gate, the same in CI and at home.
#
# Without a part: everything, lint included. --quick leaves out the tests that are marked slow.
# `golden --update-golden` writes what the golden scripts print now as what they should print, and
# `pty --update-screens` what the terminal shows now as the golden screens; `--all-screens` compares them on every
# terminal.
# JOBS=2 limits the cores; ZSH_MQ=PATH tests another binary (golden, interop and pty).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

pytest_options=()
parts=()
for word; do
  case $word in
  --quick) pytest_options+=(-m "not slow") ;;
  --update-golden | --all-screens) pytest_options+=("$word") ;;
  # One after another: the plain terminal writes what the others share.
  --update-screens) pytest_options+=("$word" -n 0) ;;
  unit | golden | interop | pty) parts+=("$word") ;;
  *) fail "usage: scripts/test.sh [--quick] [unit|golden|interop|pty ...]" ;;
  esac
done
everything=false
if [ ${#parts[@]} = 0 ]; then
  everything=true
  parts=(unit golden interop pty)
fi

# Debug builds with these flags live apart, so that they and a plain `swift build` leave each other alone.
# (`-Xcc -Werror` makes SwiftPM 6.3 fail: it looks for the argument of Swift's own -Werror.)
checked=(--scratch-path "$root/.build/checked" -j "$jobs"
  --explicit-target-dependency-import-check error
  -Xswiftc -warnings-as-errors -Xcc -Werror=all -Xcc -Werror=extra)

failed=()
# step NAME COMMAND...: runs it with its output shown; a failure is remembered and the rest goes on.
step() {
  local name=$1
  shift
  printf '== %s\n' "$name"
  if ! "$@"; then
    failed+=("$name")
    printf '== %s FAILED\n' "$name"
    return 1
  fi
}

finish() {
  if [ ${#failed[@]} = 0 ]; then
    printf '== passed in %d s: %s\n' "$SECONDS" "${parts[*]}"
  else
    printf '== FAILED in %d s:' "$SECONDS"
    printf ' [%s]' "${failed[@]}"
    printf '\n'
    exit 1
  fi
}

has_part() { [[ " ${parts[*]} " == *" $1 "* ]]; }

# A warning that is no compiler's (of SwiftPM, of the linker, of pkg-config) fails the step too.
without_warnings() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if has_warnings "$log"; then
    status=1
  fi
  [ "$status" = 0 ] || cat "$log"
  rm -f "$log"
  return "$status"
}

check_shell_scripts() {
  local file status=0
  for file in "$root"/scripts/*.sh "$root"/.ci/run; do
    bash -n "$file" || status=1
  done
  if command -v shellcheck >/dev/null; then
    (cd "$root/scripts" && shellcheck -x -P "$root/scripts" ./*.sh ../.ci/run) || status=1
  fi
  return $status
}

lint() {
  if ! swift format --version >/dev/null 2>&1; then
    say "skipped: this toolchain has no swift format"
    return
  fi
  (cd "$root" && swift format lint --strict --parallel --recursive Sources Tests Package.swift)
}

# limited SECONDS COMMAND...: what hangs is interrupted, as by Ctrl-C, and its status is 124.
limited() {
  if timeout --foreground 1 true 2>/dev/null; then
    timeout --foreground --signal INT --kill-after 30 "$@"
  else
    "${@:2}"
  fi
}

# Thousands of lines in which a failure would drown: only the last one unless something fails.
unit_tests() {
  local log status=0
  log=$(mktemp)
  # They take less than a minute.
  limited 600 swift test --package-path "$root" "${checked[@]}" --skip-build --disable-xctest \
    >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" = 0 ]; then
    tail -n 1 "$log"
  else
    grep -v -E ' (started|passed after .*)\.$' "$log"
  fi
  if [ "$status" = 124 ]; then
    say "these had begun and did not end in 600 s:"
    comm -23 <(begun "$log") <(ended "$log") >&2
  fi
  rm -f "$log"
  return "$status"
}

# The names of the unit tests that a log tells of.
begun() { sed -n -E '/ Test (case|run) /d; s/^[^ ]+ (Test .*) started\.$/\1/p' "$1" | sort; }
ended() { sed -n -E 's/( with [0-9]+ test cases?)? (passed|failed) after .*//; s/^[^ ]+ (Test .*)/\1/p' "$1" | sort; }

script_tests() {
  local folders=()
  has_part golden && folders+=("$root/Tests/Golden")
  has_part interop && folders+=("$root/Tests/Interop")
  has_part pty && folders+=("$root/Tests/Pty")
  # They take some minutes; one that hangs is ended by itself (Tests/harness/hanging.py).
  limited 1500 "$python" -m pytest -q -c "$root/Tests/pytest.ini" --rootdir "$root/Tests" -n "$jobs" \
    ${pytest_options[@]+"${pytest_options[@]}"} "${folders[@]}" </dev/null
}

needs_program() { has_part golden || has_part interop || has_part pty; }

install_needs() {
  need_toolchain
  if needs_program; then
    need_python
    need_czmq
  fi
}

step "what is needed" install_needs

if $everything; then
  step "shell scripts" check_shell_scripts || true
  step "lint" lint || true
fi

if has_part unit; then
  if step "debug build, warnings as errors" \
    without_warnings swift build --package-path "$root" --build-tests "${checked[@]}"; then
    step "unit tests" unit_tests || true
  fi
fi

if needs_program; then
  if step "release build" build_release; then
    if $everything; then
      step "generated files" env ZSH_MQ="$program" "$root/scripts/generate.sh" --check || true
      step "documents" "$root/scripts/docs.sh" || true
    fi
    step "$(printf '%s, ' "${parts[@]}" | sed 's/unit, //; s/, $//') tests" script_tests || true
  fi
fi

finish
