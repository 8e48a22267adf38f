using System.Reflection;
using Cake.Core;

namespace Slipway.Build.Cli;

/// <summary>The first lines of every run: which engine, which packages stand in for official ones, and which pinned versions the feed lacks.</summary>
public static class BuildIdentity
{
    /// <summary>Of this repository: <c>Version</c> in Directory.Build.props.</summary>
    public static string Version { get; } = typeof(BuildIdentity).Assembly.GetName().Version!.ToString(3);

    public static string Of(Assembly program) => Of(
        typeof(ICakeEngine).Assembly.GetName().Version?.ToString(3), Metadata(program, "StandInsMode"), StandInsOf(program), Metadata(program, "ResolvedInstead"));

    /// <param name="mode">What StandIns was set to.</param>
    /// <param name="standIns">The packages that stand-ins are used for.</param>
    /// <param name="instead">The versions that the feed has in place of pinned ones.</param>
    public static string Of(string? engine, string? mode, IReadOnlyList<string> standIns, string? instead)
    {
        var packages = (mode, standIns) switch
        {
            (_, []) => "official packages",
            ("none", _) => $"official AWS packages as StandIns=none insists, stand-ins for {string.Join(", ", standIns)}",
            _ => $"stand-ins for {string.Join(", ", standIns)}",
        };
        var line = $"Slipway build on Cake {engine}, {packages}";
        return instead is null ? line : $"{line}{Environment.NewLine}The feed lacks pinned versions, and the next are used: {instead}";
    }

    /// <summary>The packages that a program was built with stand-ins for.</summary>
    public static IReadOnlyList<string> StandInsOf(Assembly program) => Metadata(program, "StandIns")?.Split(", ") ?? [];

    private static string? Metadata(Assembly program, string key) =>
        program.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;
}
