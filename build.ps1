# Builds the build (build/Build.csproj) and hands everything over to it: ./build.ps1 --help
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$hostDll = Join-Path $root 'build/bin/Debug/net10.0/Slipway.Build.dll'
$answer = Join-Path $root 'obj/standins.props'
$built = Join-Path $root 'obj/built'

function Stop-Build([string] $message) {
    [Console]::Error.WriteLine($message)
    exit 1
}

function Get-NeededSdk {
    (Get-Content -Raw -LiteralPath (Join-Path $root 'global.json') | ConvertFrom-Json).sdk.version
}

# Runs a step of its own, quiet unless it fails.
function Invoke-Quietly([string] $step, [string[]] $arguments) {
    $ErrorActionPreference = 'Continue'
    $output = & dotnet @arguments 2>&1 | Out-String
    if ($LASTEXITCODE -eq 0) { return }
    # the SDK itself says whether it satisfies global.json
    Push-Location -LiteralPath $root
    & dotnet --version *> $null
    $fits = $LASTEXITCODE -eq 0
    Pop-Location
    if (-not $fits) {
        Stop-Build "The .NET SDK does not fit: global.json asks for $(Get-NeededSdk) or a later 10.0 one.`nInstalled: $(& dotnet --list-sdks)"
    }
    Stop-Build "$output`n$step failed, see above."
}

# One compiler for all projects that make up the build. It is this script's own, and ends before the
# build begins, as MSBuild's nodes do: nothing is left running. Analyzers, four tenths of the work, speak where
# the same code is compiled with the solution, as --target=Build and Test do.
function Invoke-Compile {
    $server = "slipway-$PID"
    try {
        Invoke-Quietly 'Building build/Build.csproj' @(
            'build', (Join-Path $root 'build/Build.csproj'), '-nologo', '-v:quiet', '-clp:ErrorsOnly', '-c', 'Debug',
            '-nodeReuse:false', '-p:RunAnalyzers=false', '-p:UseSharedCompilation=true', "-p:SharedCompilationId=$server")
    }
    finally {
        $pipe = if ($env:OS -eq 'Windows_NT') { "\\.\pipe\$server" } else { "/tmp/$server" }
        if ([IO.File]::Exists($pipe)) {
            Push-Location -LiteralPath $root
            $sdk = "$(& dotnet --version)"
            Pop-Location
            $folder = & dotnet --list-sdks | Where-Object { $_.StartsWith("$sdk [") } | ForEach-Object { $_.Substring("$sdk [".Length).TrimEnd(']') }
            & dotnet (Join-Path $folder "$sdk/Roslyn/bincore/VBCSCompiler.dll") "-pipename:$server" '-shutdown' *> $null
        }
    }
}

$sha256 = [System.Security.Cryptography.SHA256]::Create()
function Get-Hash([byte[]] $bytes) { -join ($sha256.ComputeHash($bytes) | ForEach-Object { $_.ToString('x2') }) }

# All that goes into the build, by name and content, and what the feed has: neither the rest of the tree nor git has a say in it.
# The same digest as build.sh's, but for the ends of lines where git changes them.
function Get-MadeOf {
    $files = foreach ($folder in 'build', 'training/Registry', 'training/Reporting', 'training/Automation') {
        Get-ChildItem -LiteralPath (Join-Path $root $folder) -Recurse -File |
            Where-Object { $_.Extension -cin '.cs', '.csproj', '.props', '.targets', '.css' } |
            ForEach-Object { $_.FullName.Substring($root.Length + 1).Replace('\', '/') } |
            Where-Object { $_ -cnotmatch '/(bin|obj)/|^build/Benchmarks/' } # the benchmark is a program of its own
    }
    $lines = @($files) + 'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props', 'BannedSymbols.txt', '.editorconfig', 'global.json' |
        ForEach-Object { "$(Get-Hash ([IO.File]::ReadAllBytes((Join-Path $root $_))))  $_" }
    $sorted = [string[]] $lines
    [Array]::Sort($sorted, [StringComparer]::Ordinal)
    Get-Hash ([Text.Encoding]::UTF8.GetBytes(-join ($sorted | ForEach-Object { "$_`n" })))
}

if ($root -match '[;*?"|]|@\(|%[0-9A-Fa-f]{2}') {
    Stop-Build ("This checkout lies in '$root', where MSBuild cannot build: in a path, any of ; * ? `" | @( and`n" +
        "% before two hexadecimal digits means something else to it.`n" +
        "Move the checkout to a folder whose path has none of them, or clone it again there.")
}
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Stop-Build "The .NET SDK is missing: install $(Get-NeededSdk) or a later 10.0 one, and put its dotnet on the PATH."
}
$env:DOTNET_NOLOGO = '1'

# one at a time: two builds of the same project would write the same files
$lock = New-Object System.Threading.Mutex($false, "slipway-build-$(Get-Hash ([Text.Encoding]::UTF8.GetBytes($root)))")
try { [void] $lock.WaitOne() } catch [System.Threading.AbandonedMutexException] { }
try {
    # The feed is asked again when the versions or the list of stand-ins change; StandIns=all decides without it.
    $versions = [IO.File]::ReadAllBytes((Join-Path $root 'Directory.Packages.props'))
    $list = [IO.File]::ReadAllBytes((Join-Path $root 'build/StandIns/StandIns.props'))
    $key = Get-Hash ($versions + $list)
    $packages = "$(if ($env:StandIns) { $env:StandIns } else { 'asked' }) $key"
    if ($env:StandIns -ne 'all' -and -not ((Test-Path -LiteralPath $answer) -and (Select-String -Quiet -SimpleMatch $key -LiteralPath $answer))) {
        Invoke-Quietly 'Asking the feed for the official packages' @(
            'build', (Join-Path $root 'build/StandIns/Probe.proj'), '-nologo', '-v:quiet', '-clp:ErrorsOnly', "-p:Key=$key")
    }

    # Only once for the same sources and packages: also when a workflow brings it from its cache.
    $now = Get-MadeOf
    if (-not (Test-Path -LiteralPath $hostDll) -or -not (Test-Path -LiteralPath $built) -or (Get-Content -Raw -LiteralPath $built).Trim() -ne "$now $packages") {
        Remove-Item -Force -ErrorAction SilentlyContinue -LiteralPath $built
        $began = Get-Date
        Invoke-Compile
        $env:SLIPWAY_COMPILED_IN = [int] ((Get-Date) - $began).TotalSeconds
        # unless somebody went on working meanwhile
        if ($now -eq (Get-MadeOf)) { Set-Content -NoNewline -LiteralPath $built -Value "$now $packages" }
    }
}
finally {
    $lock.ReleaseMutex()
}

& dotnet $hostDll @args
Remove-Item -ErrorAction SilentlyContinue -LiteralPath Env:SLIPWAY_COMPILED_IN # a person's session goes on
exit $LASTEXITCODE
