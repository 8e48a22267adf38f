using System.Reflection;
using Cake.Core;

namespace Slipway.Build.Cli;

/// <summary>The first lines of every run: the engine, the packages that stand-ins replace, and the pinned versions that the package feed lacks.</summary>
public static class BuildIdentity
{
    /// <summary>The version of this repository: <c>Version</c> in Directory.Build.props.</summary>
    public static string Version { get; } = typeof(BuildIdentity).Assembly.GetName().Version!.ToString(3);

    public static string Of(Assembly program) => Of(
        typeof(ICakeEngine).Assembly.GetName().Version?.ToString(3), Metadata(program, "StandInsMode"), StandInsOf(program), Metadata(program, "ResolvedInstead"));

    /// <param name="mode">The value of StandIns.</param>
    /// <param name="standIns">The packages that stand-ins replace.</param>
    /// <param name="instead">The versions that were resolved instead of pinned ones.</param>
    public static string Of(string? engine, string? mode, IReadOnlyList<string> standIns, string? instead)
    {
        var packages = (mode, standIns) switch
        {
            (_, []) => "official packages",
            ("none", _) => $"official AWS packages (StandIns=none), stand-ins for {string.Join(", ", standIns)}",
            _ => $"stand-ins for {string.Join(", ", standIns)}",
        };
        var line = $"Slipway build on Cake {engine}, {packages}";
        return instead is null ? line : $"{line}{Environment.NewLine}The package feed lacks pinned versions; these are used instead: {instead}";
    }

    /// <summary>The packages that stand-ins replace in a program.</summary>
    public static IReadOnlyList<string> StandInsOf(Assembly program) => Metadata(program, "StandIns")?.Split(", ") ?? [];

    private static string? Metadata(Assembly program, string key) =>
        program.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;
}
