#!/usr/bin/env bash
# scripts/generate.sh [--check]: write what is made from the program itself anew: the shell completions, the
# manual page and the colours for editors in completions/, and what the examples and sessions of the documents
# print. With --check write nothing, and exit 1 where something is stale. ZSH_MQ=PATH takes a program that is built
# already.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

check=false
case ${1-} in
'') ;;
--check) check=true ;;
*) fail "usage: scripts/generate.sh [--check]" ;;
esac

if [ -z "${ZSH_MQ:-}" ]; then
  need_toolchain
  build_release || [ $? = 9 ] || fail "the build failed; its output is above"
  ZSH_MQ=$program
fi
command -v python3 >/dev/null || install_packages python3

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

"$ZSH_MQ" --generate-completion-script zsh >"$fresh/_zsh-mq"
"$ZSH_MQ" --generate-completion-script bash >"$fresh/zsh-mq.bash"
"$ZSH_MQ" --generate-completion-script fish >"$fresh/zsh-mq.fish"
python3 "$root/scripts/generate/manual.py" "$ZSH_MQ" >"$fresh/zsh-mq.1"
python3 "$root/scripts/generate/grammars.py" "$ZSH_MQ" "$fresh"

documents=("$root"/README.md "$root"/Sources/*/*.docc/*.md)

if $check; then
  status=0
  diff -r -u "$root/completions" "$fresh" >&2 || status=1
  python3 "$root/scripts/generate/examples.py" "$ZSH_MQ" --check "${documents[@]}" || status=1
  python3 "$root/scripts/generate/session.py" "$ZSH_MQ" --check "${documents[@]}" || status=1
  [ $status = 0 ] || fail "stale: run scripts/generate.sh"
else
  mkdir -p "$root/completions"
  cp "$fresh"/* "$root/completions/"
  python3 "$root/scripts/generate/examples.py" "$ZSH_MQ" "${documents[@]}"
  python3 "$root/scripts/generate/session.py" "$ZSH_MQ" "${documents[@]}"
fi
