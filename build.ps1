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
    (Get-Content -Raw (Join-Path $root 'global.json') | ConvertFrom-Json).sdk.version
}

# Runs a step of its own, quiet unless it fails.
function Invoke-Quietly([string] $step, [string[]] $arguments) {
    $ErrorActionPreference = 'Continue'
    $output = & dotnet @arguments 2>&1 | Out-String
    if ($LASTEXITCODE -eq 0) { return }
    # the SDK itself says whether it satisfies global.json
    Push-Location $root
    & dotnet --version *> $null
    $fits = $LASTEXITCODE -eq 0
    Pop-Location
    if (-not $fits) {
        Stop-Build "The .NET SDK does not fit: global.json asks for $(Get-NeededSdk) or a later 10.0 one.`nInstalled: $(& dotnet --list-sdks)"
    }
    Stop-Build "$output`n$step failed, see above."
}

# What is checked out, where all of it is committed; nothing else can be told again.
function Get-Commit {
    $ErrorActionPreference = 'Continue'
    if (-not (Get-Command git -ErrorAction SilentlyContinue)) { return '' }
    $changes = & git --no-optional-locks -C $root status --porcelain 2>$null
    if ($LASTEXITCODE -ne 0 -or $changes) { return '' }
    $head = & git -C $root rev-parse --verify -q HEAD 2>$null
    if ($LASTEXITCODE -ne 0) { return '' }
    "$head"
}

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Stop-Build "The .NET SDK is missing: install $(Get-NeededSdk) or a later 10.0 one, and put its dotnet on the PATH."
}
$env:DOTNET_NOLOGO = '1'

# one at a time: two builds of the same project would write the same files
$sha256 = [System.Security.Cryptography.SHA256]::Create()
function Get-Hash([byte[]] $bytes) { -join ($sha256.ComputeHash($bytes) | ForEach-Object { $_.ToString('x2') }) }
$lock = New-Object System.Threading.Mutex($false, "slipway-build-$(Get-Hash ([Text.Encoding]::UTF8.GetBytes($root)))")
try { [void] $lock.WaitOne() } catch [System.Threading.AbandonedMutexException] { }
try {
    # The feed is asked again when the versions or the list of stand-ins change; StandIns=all decides without it.
    $versions = [IO.File]::ReadAllBytes((Join-Path $root 'Directory.Packages.props'))
    $list = [IO.File]::ReadAllBytes((Join-Path $root 'build/StandIns/StandIns.props'))
    $key = Get-Hash ($versions + $list)
    $packages = "$(if ($env:StandIns) { $env:StandIns } else { 'asked' }) $key"
    if ($env:StandIns -ne 'all' -and -not ((Test-Path $answer) -and (Select-String -Quiet -SimpleMatch $key $answer))) {
        Invoke-Quietly 'Asking the feed for the official packages' @(
            'build', (Join-Path $root 'build/StandIns/Probe.proj'), '-nologo', '-v:quiet', '-clp:ErrorsOnly', "-p:Key=$key")
    }

    # Only once for each commit, with the same packages: also when a workflow brings it from its cache.
    $now = Get-Commit
    if (-not $now -or -not (Test-Path $hostDll) -or -not (Test-Path $built) -or (Get-Content -Raw $built).Trim() -ne "$now $packages") {
        Remove-Item -Force -ErrorAction SilentlyContinue $built
        Invoke-Quietly 'Building build/Build.csproj' @(
            'build', (Join-Path $root 'build/Build.csproj'), '-nologo', '-v:quiet', '-clp:ErrorsOnly', '-c', 'Debug')
        # unless somebody went on working meanwhile
        if ($now -and $now -eq (Get-Commit)) { Set-Content -NoNewline -Path $built -Value "$now $packages" }
    }
}
finally {
    $lock.ReleaseMutex()
}

& dotnet $hostDll @args
exit $LASTEXITCODE
