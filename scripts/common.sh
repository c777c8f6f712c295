# Sourced by the scripts beside it: what the project needs installed, and the release build.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$root/.build/release/zsh-mq
# SwiftPM and pytest each take all cores unless JOBS says fewer. (A build with another number is another
# build to SwiftPM: it begins anew.)
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)}

# Where the home cannot be written, as in some CI, compilers and SwiftPM have nowhere for their caches.
home=${HOME:-}
if [ -z "$home" ] || [ ! -w "$home" ]; then
  export HOME=$root/.build/home
  mkdir -p "$HOME"
  [ ! -r "$home/.gitconfig" ] || export GIT_CONFIG_GLOBAL=$home/.gitconfig
fi
# What Python reads and writes here is UTF-8, whatever the locale is.
export PYTHONUTF8=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# has_warnings LOG: whether a build warns of what is ours. SwiftPM warns, too, where it cannot write into the home.
has_warnings() {
  awk '/warning:/ && !/disabling user-level cache features/ { found = 1 } END { exit !found }' "$1"
}

# --- packages of the system ---------------------------------------------------------------------

# install_packages NAME...: with the system's own package manager, one line and no questions.
install_packages() {
  local log become=()
  case $(uname) in
  Darwin)
    command -v brew >/dev/null || fail "install Homebrew (https://brew.sh), then: brew install $*"
    say "installing with brew: $*"
    brew install --quiet "$@" >&2 || fail "brew could not install: $*"
    ;;
  *)
    command -v apt-get >/dev/null || fail "install the equivalents of these Debian packages: $*"
    if [ "$(id -u)" != 0 ]; then
      command -v sudo >/dev/null || fail "as root: apt-get install $*"
      become=(sudo)
    fi
    say "installing with apt-get: $*"
    log=$(mktemp)
    if ! {
      ${become[@]+"${become[@]}"} apt-get update -qq &&
        ${become[@]+"${become[@]}"} env DEBIAN_FRONTEND=noninteractive \
          apt-get install -y -qq --no-install-recommends "$@"
    } >"$log" 2>&1 </dev/null; then
      cat "$log" >&2
      rm -f "$log"
      fail "apt-get could not install: $*"
    fi
    rm -f "$log"
    ;;
  esac
}

has_header() {
  local folder
  for folder in /usr/include /usr/local/include /opt/homebrew/include /usr/include/*-linux-*; do
    [ -e "$folder/$1" ] && return
  done
  return 1
}

# The C libraries, and what Swift compiles and links with.
need_libraries() {
  local missing=()
  if [ "$(uname)" = Darwin ]; then
    has_header zmq.h || missing+=(zeromq)
    has_header pcre2.h || missing+=(pcre2)
    command -v pkg-config >/dev/null || missing+=(pkg-config)
  else
    has_header zmq.h || missing+=(libzmq3-dev)
    has_header histedit.h || missing+=(libedit-dev)
    has_header pcre2.h || missing+=(libpcre2-dev)
    # Swift links with the C++ library of the system, found through g++'s package.
    command -v cc >/dev/null && command -v c++ >/dev/null || missing+=(g++)
    # SwiftPM fetches what Package.swift depends on with git.
    command -v git >/dev/null || missing+=(git ca-certificates)
  fi
  [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

# --- Swift --------------------------------------------------------------------------------------

# The `swift` of OpenStack prints another line here, so it is not taken for the compiler.
is_swift_6() {
  local version
  version=$("$1" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 6 ]
}

# A toolchain that was unpacked, and not installed, finds the libraries of a bare system missing.
need_swift_libraries() {
  if [[ $(LC_ALL=C "$1" --version 2>&1; LC_ALL=C "$1" build --version 2>&1) == *"loading shared libraries"* ]]; then
    install_packages libcurl4-openssl-dev libncurses-dev libsqlite3-dev libxml2-dev
  fi
}

need_swift() {
  local folder candidate
  [ "$(uname)" = Darwin ] || ! command -v swift >/dev/null || need_swift_libraries swift
  is_swift_6 swift && return
  for folder in "${SWIFTLY_BIN_DIR:-$home/.local/share/swiftly/bin}" "$home/.swiftly/bin"; do
    if is_swift_6 "$folder/swift"; then
      PATH=$folder:$PATH
      return
    fi
  done
  if command -v apt-cache >/dev/null; then
    candidate=$(apt-cache policy swiftlang 2>/dev/null | sed -n 's/ *Candidate: *\([0-9]*\).*/\1/p')
    if [ "${candidate:-0}" -ge 6 ]; then
      install_packages swiftlang
      hash -r
      is_swift_6 swift && return
    fi
  fi
  fail "Swift 6 is needed: get it from https://www.swift.org/install (swiftly installs it), then run this again"
}

need_toolchain() {
  need_libraries
  need_swift
}

# --- the program --------------------------------------------------------------------------------

# Static where the toolchain can: the program starts in half the time and runs without a toolchain.
# Its own linker, because others warn about a mktemp inside the static Foundation.
find_release_flags() {
  local library
  release_flags=(-c release --product zsh-mq)
  [ "$(uname)" = Linux ] || return 0
  library=$(swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
  if [ -d "${library}_static" ] && [ -x "${library%/lib/swift}/bin/ld.lld" ]; then
    release_flags+=(--static-swift-stdlib -Xswiftc -use-ld=lld)
  fi
}

# Prints nothing unless the build fails or warns (then the status is 9).
build_release() {
  local log status=0
  log=$(mktemp)
  find_release_flags
  if [ -t 2 ] && [ ! -e "$program" ]; then
    say "building zsh-mq (a few minutes, once)"
  fi
  swift build --package-path "$root" -j "$jobs" "${release_flags[@]}" >"$log" 2>&1 </dev/null || status=$?
  if has_warnings "$log" && [ $status = 0 ]; then
    status=9
  fi
  [ $status = 0 ] || cat "$log" >&2
  rm -f "$log"
  return $status
}

# --- Python, for the tests and the benchmark ----------------------------------------------------

# Leaves the interpreter of a virtual environment with Tests/requirements.txt in $python.
need_python() {
  local venv=$root/.build/test-venv wanted=$root/Tests/requirements.txt log
  python=$venv/bin/python
  cmp -s "$wanted" "$venv/installed.txt" && return
  find_base_python || {
    install_packages python3 python3-venv
    find_base_python || fail "a python3 (3.9 or newer) with venv is needed"
  }
  say "installing for the tests, into .build/test-venv: $(paste -s -d ' ' "$wanted")"
  log=$(mktemp)
  if ! fill_venv "$venv" "$wanted" >"$log" 2>&1; then
    cat "$log" >&2
    # Without PyPI the distribution's packages will do.
    command -v apt-get >/dev/null || fail "pip could not install Tests/requirements.txt"
    install_packages python3 python3-venv python3-zmq python3-pytest python3-pytest-xdist python3-pyte
    rm -rf "$venv"
    /usr/bin/python3 -m venv --system-site-packages "$venv"
    "$python" -c 'import pytest, pyte, xdist, zmq' || fail "the tests' Python packages do not load"
  fi
  rm -f "$log"
  cp "$wanted" "$venv/installed.txt"
}

# CZMQ, whose certificates ours are compared with. Without it, those tests are skipped and say so.
need_czmq() {
  has_header czmq.h && return
  local package=libczmq-dev
  [ "$(uname)" = Darwin ] && package=czmq
  (install_packages "$package") || say "skipped: the tests against CZMQ"
}

fill_venv() {
  rm -rf "$1"
  mkdir -p "${1%/*}"
  "$base" -m venv "$1" &&
    "$1/bin/python" -m pip install -q --disable-pip-version-check -r "$2" &&
    "$1/bin/python" -c 'import pytest, pyte, xdist, zmq'
}

# Leaves a python3 that can make virtual environments in $base.
find_base_python() {
  for base in python3 /usr/bin/python3; do
    "$base" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' 2>/dev/null && return
  done
  return 1
}
