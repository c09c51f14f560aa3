# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.
# Exit codes of every script: 0 all is well, 1 something was found, 2 it could not run (said on stderr).
set -euo pipefail

# shellcheck disable=SC2034  # for the scripts that source this file
{
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  jobs=${WINMEM_JOBS:-$(nproc)}
  python=/usr/bin/python3  # Debian's own: the first on PATH may lack pytest
}
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

# cannot WORDS: ends the script with exit code 2 and says why.
cannot() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# quietly LOG COMMAND...: runs the command with all its output in LOG; shows the end of LOG when it fails.
quietly() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 60 "$log" >&2
    printf '%s: failed with exit code %d; all of its output is in %s\n' "$1" "$status" "$log" >&2
  fi
  return "$status"
}

# has_wine32: whether a 32-bit Wine loader is here, as Debian (first) and upstream builds (second) lay it out.
has_wine32() {
  [ -x /usr/lib/wine/wine ] || [ -e /usr/lib/i386-linux-gnu/wine/i386-unix/ntdll.so ] ||
    [ -e /opt/wine-stable/lib/wine/i386-unix/ntdll.so ]
}
