using System.Runtime.InteropServices;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Tasks;

namespace Slipway.Build;

/// <summary>Whether models can be trained and served on this machine: reported before anything is built, rather than by a server that does not start.</summary>
public static class ServingPlatform
{
    // if services and jobs run in containers, the machine only needs a Docker engine
    private static readonly string[] InContainersToo = [nameof(Deploy), nameof(Train), nameof(Register), nameof(Watch)];
    private static readonly string[] OnTheMachine = [nameof(NewModel), nameof(GateModels), nameof(Reproduce), nameof(Benchmark), nameof(Soak), nameof(Test), nameof(Verify)];

    /// <summary>The platforms for which ONNX Runtime's package contains a native library.</summary>
    public static IReadOnlyList<string> All { get; } = ["linux-x64", "linux-arm64", "osx-arm64", "win-x64", "win-arm64"];

    /// <summary>This machine's runtime identifier in .NET, such as <c>linux-x64</c>.</summary>
    public static string Here { get; } = Name(
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : null,
        RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture);

    /// <param name="system">Null for a system that .NET has no short name for.</param>
    /// <param name="identifier">The platform that the runtime was built for, which shows whether it uses musl.</param>
    public static string Name(string? system, string identifier, Architecture architecture) => system is null
        ? identifier
        : $"{system}{(identifier.Contains("musl", StringComparison.Ordinal) || identifier.StartsWith("alpine", StringComparison.Ordinal) ? "-musl" : "")}-{architecture.ToString().ToLowerInvariant()}";

    /// <summary>Why the targets of a run cannot work on this machine; null if they can, or run elsewhere.</summary>
    /// <summary>What keeps a run from working on this machine; null if nothing does.</summary>
    public static string? Problem(Invocation invocation)
    {
        var local = EnvironmentVariables.Value(EnvironmentVariables.Home) is { } home
            ? Path.Combine(home, EnvironmentList.Local) : invocation.Paths.EnvironmentFolder(EnvironmentList.Local);
        var isDeployed = File.Exists(Path.Combine(local, "run", $"{LocalFleet.Gateway}.json"));
        return Problem(Here, RuntimeInformation.OSArchitecture, Needed(invocation, isDeployed));
    }

    /// <summary>The targets of a run that train or serve on this machine.</summary>
    /// <param name="isDeployed">Whether services were started in the local environment. If processes cannot run here, they are containers.</param>
    public static IReadOnlyCollection<string> Needed(Invocation invocation, bool isDeployed) => invocation.CommandLine.OnlyDescribes
        ? []
        : [.. invocation.CommandLine.Targets.Where(target => Needs(target, invocation, isDeployed))];

    /// <param name="machine">The processor's architecture, which may differ from the one that .NET runs as.</param>
    /// <param name="targets">Those that train or serve on this machine.</param>
    public static string? Problem(string platform, Architecture machine, IReadOnlyCollection<string> targets) => targets.Count == 0 || All.Contains(platform)
        ? null
        : $"This machine ({platform}) cannot train or serve models: ONNX Runtime has no native library for it, only for {string.Join(", ", All)}. {Remedy(platform, machine)}";

    private static bool Needs(string target, Invocation invocation, bool isDeployed)
    {
        bool Is(string name) => name.Equals(target, StringComparison.OrdinalIgnoreCase);
        var (line, settings) = (invocation.CommandLine, invocation.Settings);
        var isElsewhere = settings.Aws.TryGetValue(line.Value(Arguments.Environment) ?? settings.Environment, out var aws) && aws.Images == ImageSource.Registry;
        var isInContainers = line.Value(Arguments.Fleet) is { } fleet ? fleet == "docker" : isDeployed;
        return OnTheMachine.Any(Is) || (InContainersToo.Any(Is) && !isElsewhere && !isInContainers);
    }

    private static string Remedy(string platform, Architecture machine) => platform switch
    {
        "osx-x64" or "win-x86" when machine == Architecture.Arm64 => "Its processor is Arm64: install the .NET SDK for Arm64 instead of this one.",
        "win-x86" when machine == Architecture.X64 => "Its processor is x64: install the .NET SDK for x64 instead of this one.",
        _ when platform.Contains("musl", StringComparison.Ordinal) =>
            "Use a Linux distribution with glibc, such as Debian, Ubuntu or Fedora; or run in containers: ./build.sh --target=Deploy --fleet=docker",
        _ => "With a Docker engine, run in containers: ./build.sh --target=Deploy --fleet=docker",
    };
}
