#!/usr/bin/env bash
# Compiles build/Build.csproj if needed, and runs it with the given arguments: ./build.sh --help
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

# Runs a command and prints its output only if it fails. Descriptor 9 is the lock: a compiler server that
# inherited it would never release it.
quietly() {
  local step="$1" output
  shift
  if output="$("$@" 2>&1 9>&-)"; then return; fi
  # the SDK itself checks whether it satisfies global.json
  if ! (cd "$root" && dotnet --version) >/dev/null 2>&1; then
    fail "No suitable .NET SDK is installed: global.json requires $(needed_sdk) or a later 10.0 version." \
      "Installed: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)"
  fi
  fail "$output" "" "$step failed. Its output is above."
}

# All projects of the build share one compiler server. It belongs to this script and ends before the
# build starts, as MSBuild's nodes do, so no process is left running. Analyzers, which take 40 % of the time, run
# when --target=Build or Test compiles the same code with the solution.
compile() {
  local server="slipway-$$" code=0
  # up to half of the processor time would go into profiling and optimizing a compiler that runs for seconds (hexadecimal: after 1024 calls)
  DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=400 DOTNET_EnableWriteXorExecute=0 dotnet build "$root/build/Build.csproj" -nologo -v:quiet -clp:ErrorsOnly -c Debug \
    -nodeReuse:false -p:RunAnalyzers=false -p:UseSharedCompilation=true "-p:SharedCompilationId=$server" || code=$?
  if [[ -e "/tmp/$server" ]]; then
    local sdk folder
    sdk="$(cd "$root" && dotnet --version)"
    folder="$(dotnet --list-sdks | sed -n "s/^$sdk \[\(.*\)\]$/\1/p")"
    dotnet "$folder/$sdk/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$server" -shutdown >/dev/null 2>&1 || true
  fi
  return "$code"
}

sha=(sha256sum)
command -v sha256sum >/dev/null || sha=(shasum -a 256)

# A hash of the names and contents of all files that the build is compiled from. Neither the rest of the tree (benchmark, soak and analysis are programs of their own) nor git affects it.
made_of() {
  cd "$root"
  {
    find build training/Registry training/PredictionLogs training/Reporting training/Automation training/Answers \( -name bin -o -name obj -o -path build/Benchmarks -o -path build/Faults -o -path build/Soak -o -path build/Analysis \) -prune -o -type f \
      \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.css' \) -print0
    printf '%s\0' Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig global.json
  } | xargs -0 "${sha[@]}" | LC_ALL=C sort | "${sha[@]}" | cut -d' ' -f1
}

case "$root" in
  *[';:*?"|']* | *\\* | *'@('* | *%[0-9A-Fa-f][0-9A-Fa-f]*)
    fail "MSBuild cannot build in this checkout, '$root': it does not support paths that contain any of ; : * ? \" | \\ @(" \
      "or % before two hexadecimal digits." \
      "Move the checkout to a folder whose path contains none of them, or clone it again there."
    ;;
esac
command -v dotnet >/dev/null ||
  fail "The .NET SDK is missing: install $(needed_sdk) or a later 10.0 version, and add its dotnet to the PATH."
export DOTNET_NOLOGO=1

mkdir -p "$root/obj"
# the SDK, NuGet and the services write to the home folder of their user: a user without one gets one here
if [[ -z "${HOME:-}" ]]; then
  unset HOME
  HOME=~
fi
if [[ ! -d "$HOME" || ! -w "$HOME" ]]; then
  HOME="$root/obj/home"
  mkdir -p "$HOME"
fi
export HOME

# one at a time: two builds of the same project would write the same files
exec 9>"$root/obj/build.lock"
if command -v flock >/dev/null; then flock 9; fi

# The feed is queried again when the versions or the list of stand-ins change; StandIns=all does not need it.
key="$(cat "$root/Directory.Packages.props" "$root/build/StandIns/StandIns.props" | "${sha[@]}" | cut -d' ' -f1)"
packages="${StandIns:-asked} $key"
if [[ "${StandIns:-}" != all ]] && ! grep -qsF "$key" "$answer"; then
  quietly "Querying the package feed for the official packages" \
    dotnet build "$root/build/StandIns/Probe.proj" -nologo -v:quiet -clp:ErrorsOnly "-p:Key=$key"
fi

# Compiled only once for the same sources and packages, or restored from a workflow's cache.
now="$(made_of)"
if [[ ! -f "$host" ]] || ! grep -qsxF "$now $packages" "$built"; then
  rm -f "$built"
  began=$SECONDS
  quietly "Building build/Build.csproj" compile
  export SLIPWAY_COMPILED_IN=$((SECONDS - began))
  # unless the sources changed in the meantime
  if [[ "$now" == "$(made_of)" ]]; then echo "$now $packages" >"$built"; fi
fi

exec 9>&-
exec dotnet "$host" "$@"
