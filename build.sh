#!/usr/bin/env bash
# Builds the build (build/Build.csproj) and hands everything over to it: ./build.sh --help
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
host="$root/build/bin/Debug/net10.0/Slipway.Build.dll"
answer="$root/obj/standins.props"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

sdk_needed() {
  sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json"
}

# Quiet unless it fails; then with all that it said. Descriptor 9 is the lock, which no compiler server may inherit.
quietly() {
  local what="$1" output
  shift
  if ! output="$("$@" 2>&1 9>&-)"; then
    (cd "$root" && dotnet --version >/dev/null 2>&1) ||
      fail "The .NET SDK is too old: this repository needs $(sdk_needed) or a later one of its kind (see global.json)." \
        "Installed:" "$(dotnet --list-sdks)"
    fail "$output" "$what failed, see above."
  fi
}

command -v dotnet >/dev/null ||
  fail "The .NET SDK is missing: install version $(sdk_needed) or later, or put its dotnet on the PATH."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT="${DOTNET_CLI_TELEMETRY_OPTOUT:-1}"

# one at a time: two builds of the same project would write the same files
mkdir -p "$root/obj"
exec 9>"$root/obj/build.lock"
if command -v flock >/dev/null; then flock 9; fi

# the feed is asked again when the versions or the list of stand-ins change
key="$(cat "$root/Directory.Packages.props" "$root/build/StandIns/StandIns.props" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d' ' -f1)"
if ! grep -qs "$key" "$answer"; then
  quietly "Asking the feed which packages it has" dotnet build "$root/build/StandIns/Probe.proj" --nologo "-p:Key=$key"
fi
quietly "Building build/Build.csproj" dotnet build "$root/build/Build.csproj" --nologo -v quiet -c Debug

exec 9>&-
exec dotnet "$host" "$@"
