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

# One compiler for all projects that make up the build. It is this script's own, and ends before the
# build begins, as MSBuild's nodes do: nothing is left running. Analyzers, four tenths of the work, speak where
# the same code is compiled with the solution, as --target=Build and Test do.
compile() {
  local server="slipway-$$" code=0
  dotnet build "$root/build/Build.csproj" -nologo -v:quiet -clp:ErrorsOnly -c Debug \
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

# All that goes into the build (the benchmark is a program of its own), by name and content, and what the feed has: neither the rest of the tree nor git has a say in it.
made_of() {
  cd "$root"
  {
    find build training/Registry training/Reporting training/Automation \( -name bin -o -name obj -o -path build/Benchmarks \) -prune -o -type f \
      \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.css' \) -print0
    printf '%s\0' Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig global.json
  } | xargs -0 "${sha[@]}" | LC_ALL=C sort | "${sha[@]}" | cut -d' ' -f1
}

case "$root" in
  *[';:*?"|']* | *\\* | *'@('* | *%[0-9A-Fa-f][0-9A-Fa-f]*)
    fail "This checkout lies in '$root', where MSBuild cannot build: in a path, any of ; : * ? \" | \\ @( and" \
      "% before two hexadecimal digits means something else to it." \
      "Move the checkout to a folder whose path has none of them, or clone it again there."
    ;;
esac
command -v dotnet >/dev/null ||
  fail "The .NET SDK is missing: install $(needed_sdk) or a later 10.0 one, and put its dotnet on the PATH."
export DOTNET_NOLOGO=1

mkdir -p "$root/obj"
# the SDK, NuGet and the services keep things in the home of their user: one without a home has it here
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

# The feed is asked again when the versions or the list of stand-ins change; StandIns=all decides without it.
key="$(cat "$root/Directory.Packages.props" "$root/build/StandIns/StandIns.props" | "${sha[@]}" | cut -d' ' -f1)"
packages="${StandIns:-asked} $key"
if [[ "${StandIns:-}" != all ]] && ! grep -qsF "$key" "$answer"; then
  quietly "Asking the feed for the official packages" \
    dotnet build "$root/build/StandIns/Probe.proj" -nologo -v:quiet -clp:ErrorsOnly "-p:Key=$key"
fi

# Only once for the same sources and packages: also when a workflow brings it from its cache.
now="$(made_of)"
if [[ ! -f "$host" ]] || ! grep -qsxF "$now $packages" "$built"; then
  rm -f "$built"
  began=$SECONDS
  quietly "Building build/Build.csproj" compile
  export SLIPWAY_COMPILED_IN=$((SECONDS - began))
  # unless somebody went on working meanwhile
  if [[ "$now" == "$(made_of)" ]]; then echo "$now $packages" >"$built"; fi
fi

exec 9>&-
exec dotnet "$host" "$@"
