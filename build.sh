#!/usr/bin/env bash
# Builds the build (build/Build.csproj) and hands everything over to it: ./build.sh --help
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
host="$root/build/bin/Debug/net10.0/Slipway.Build.dll"
answer="$root/obj/standins.props"
built="$root/obj/built"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

needed_sdk() {
  sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json"
}

# Runs a step of its own, quiet unless it fails. Descriptor 9 is the lock: a compiler server that
# inherited it would hold it for ever.
quietly() {
  local step="$1" output
  shift
  if output="$("$@" 2>&1 9>&-)"; then return; fi
  # the SDK itself says whether it satisfies global.json
  if ! (cd "$root" && dotnet --version) >/dev/null 2>&1; then
    fail "The .NET SDK does not fit: global.json asks for $(needed_sdk) or a later 10.0 one." \
      "Installed: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)"
  fi
  fail "$output" "" "$step failed, see above."
}

# What is checked out, where all of it is committed; nothing else can be told again.
commit() {
  local changes
  changes="$(git --no-optional-locks -C "$root" status --porcelain 2>/dev/null)" && [[ -z "$changes" ]] && git -C "$root" rev-parse --verify -q HEAD
}

command -v dotnet >/dev/null ||
  fail "The .NET SDK is missing: install $(needed_sdk) or a later 10.0 one, and put its dotnet on the PATH."
export DOTNET_NOLOGO=1

# one at a time: two builds of the same project would write the same files
mkdir -p "$root/obj"
exec 9>"$root/obj/build.lock"
if command -v flock >/dev/null; then flock 9; fi

# The feed is asked again when the versions or the list of stand-ins change; StandIns=all decides without it.
key="$(cat "$root/Directory.Packages.props" "$root/build/StandIns/StandIns.props" |
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1)"
packages="${StandIns:-asked} $key"
if [[ "${StandIns:-}" != all ]] && ! grep -qsF "$key" "$answer"; then
  quietly "Asking the feed for the official packages" \
    dotnet build "$root/build/StandIns/Probe.proj" -nologo -v:quiet -clp:ErrorsOnly "-p:Key=$key"
fi

# Only once for each commit, with the same packages: also when a workflow brings it from its cache.
now="$(commit || true)"
if [[ -z "$now" || ! -f "$host" ]] || ! grep -qsxF "$now $packages" "$built"; then
  rm -f "$built"
  quietly "Building build/Build.csproj" dotnet build "$root/build/Build.csproj" -nologo -v:quiet -clp:ErrorsOnly -c Debug
  # unless somebody went on working meanwhile
  if [[ -n "$now" && "$now" == "$(commit || true)" ]]; then echo "$now $packages" >"$built"; fi
fi

exec 9>&-
exec dotnet "$host" "$@"
