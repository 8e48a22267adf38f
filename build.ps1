# Compiles build/Build.csproj if needed, and runs it with the given arguments: ./build.ps1 --help
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

# Runs dotnet and prints its output only if it fails.
function Invoke-Quietly([string] $step, [string[]] $arguments) {
    $ErrorActionPreference = 'Continue'
    $output = & dotnet @arguments 2>&1 | Out-String
    if ($LASTEXITCODE -eq 0) { return }
    # the SDK itself checks whether it satisfies global.json
    Push-Location -LiteralPath $root
    & dotnet --version *> $null
    $fits = $LASTEXITCODE -eq 0
    Pop-Location
    if (-not $fits) {
        Stop-Build "No suitable .NET SDK is installed: global.json requires $(Get-NeededSdk) or a later 10.0 version.`nInstalled: $(& dotnet --list-sdks)"
    }
    Stop-Build "$output`n$step failed. Its output is above."
}

# All projects of the build share one compiler server. It belongs to this script and ends before the
# build starts, as MSBuild's nodes do, so no process is left running. Analyzers, which take 40 % of the time, run
# when --target=Build or Test compiles the same code with the solution.
function Invoke-Compile {
    $server = "slipway-$PID"
    $profiling = $env:DOTNET_TieredPGO
    $calls = $env:DOTNET_TC_CallCountThreshold
    try {
        # up to half of the processor time would go into profiling and optimizing a compiler that runs for seconds (hexadecimal: after 1024 calls)
        $env:DOTNET_TieredPGO = '0'
        $env:DOTNET_TC_CallCountThreshold = '400'
        Invoke-Quietly 'Building build/Build.csproj' @(
            'build', (Join-Path $root 'build/Build.csproj'), '-nologo', '-v:quiet', '-clp:ErrorsOnly', '-c', 'Debug',
            '-nodeReuse:false', '-p:RunAnalyzers=false', '-p:UseSharedCompilation=true', "-p:SharedCompilationId=$server")
    }
    finally {
        $env:DOTNET_TieredPGO = $profiling
        $env:DOTNET_TC_CallCountThreshold = $calls
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

# A hash of the names and contents of all files that the build is compiled from. Neither the rest of the tree nor git affects it.
# It is the same hash as in build.sh, unless git converts line endings.
function Get-MadeOf {
    $files = foreach ($folder in 'build', 'training/Registry', 'training/PredictionLogs', 'training/Reporting', 'training/Automation', 'training/Answers') {
        Get-ChildItem -LiteralPath (Join-Path $root $folder) -Recurse -File |
            Where-Object { $_.Extension -cin '.cs', '.csproj', '.props', '.targets', '.css' } |
            ForEach-Object { $_.FullName.Substring($root.Length + 1).Replace('\', '/') } |
            Where-Object { $_ -cnotmatch '/(bin|obj)/|^build/(Benchmarks|Faults|Soak|Analysis)/' } # benchmark, soak and analysis are programs of their own
    }
    $lines = @($files) + 'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props', 'BannedSymbols.txt', '.editorconfig', 'global.json' |
        ForEach-Object { "$(Get-Hash ([IO.File]::ReadAllBytes((Join-Path $root $_))))  $_" }
    $sorted = [string[]] $lines
    [Array]::Sort($sorted, [StringComparer]::Ordinal)
    Get-Hash ([Text.Encoding]::UTF8.GetBytes(-join ($sorted | ForEach-Object { "$_`n" })))
}

if ($root -match '[;*?"|]|@\(|%[0-9A-Fa-f]{2}') {
    Stop-Build ("MSBuild cannot build in this checkout, '$root': it does not support paths that contain any of ; * ? `" | @(`n" +
        "or % before two hexadecimal digits.`n" +
        "Move the checkout to a folder whose path contains none of them, or clone it again there.")
}
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Stop-Build "The .NET SDK is missing: install $(Get-NeededSdk) or a later 10.0 version, and add its dotnet to the PATH."
}
$env:DOTNET_NOLOGO = '1'

# one at a time: two builds of the same project would write the same files
$lock = New-Object System.Threading.Mutex($false, "slipway-build-$(Get-Hash ([Text.Encoding]::UTF8.GetBytes($root)))")
try { [void] $lock.WaitOne() } catch [System.Threading.AbandonedMutexException] { }
try {
    # The feed is queried again when the versions or the list of stand-ins change; StandIns=all does not need it.
    $versions = [IO.File]::ReadAllBytes((Join-Path $root 'Directory.Packages.props'))
    $list = [IO.File]::ReadAllBytes((Join-Path $root 'build/StandIns/StandIns.props'))
    $key = Get-Hash ($versions + $list)
    $packages = "$(if ($env:StandIns) { $env:StandIns } else { 'asked' }) $key"
    if ($env:StandIns -ne 'all' -and -not ((Test-Path -LiteralPath $answer) -and (Select-String -Quiet -SimpleMatch $key -LiteralPath $answer))) {
        Invoke-Quietly 'Querying the package feed for the official packages' @(
            'build', (Join-Path $root 'build/StandIns/Probe.proj'), '-nologo', '-v:quiet', '-clp:ErrorsOnly', "-p:Key=$key")
    }

    # Compiled only once for the same sources and packages, or restored from a workflow's cache.
    $now = Get-MadeOf
    if (-not (Test-Path -LiteralPath $hostDll) -or -not (Test-Path -LiteralPath $built) -or (Get-Content -Raw -LiteralPath $built).Trim() -ne "$now $packages") {
        Remove-Item -Force -ErrorAction SilentlyContinue -LiteralPath $built
        $began = Get-Date
        Invoke-Compile
        $env:SLIPWAY_COMPILED_IN = [int] ((Get-Date) - $began).TotalSeconds
        # unless the sources changed in the meantime
        if ($now -eq (Get-MadeOf)) { Set-Content -NoNewline -LiteralPath $built -Value "$now $packages" }
    }
}
finally {
    $lock.ReleaseMutex()
}

& dotnet $hostDll @args
Remove-Item -ErrorAction SilentlyContinue -LiteralPath Env:SLIPWAY_COMPILED_IN # the session outlives the script
exit $LASTEXITCODE
