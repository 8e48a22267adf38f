using System.Reflection;
using Cake.Core;

namespace Slipway.Build;

/// <summary>The first line of every run: which engine, and which packages stand in for official ones.</summary>
public static class BuildIdentity
{
    /// <summary>Of this repository: <c>Version</c> in Directory.Build.props.</summary>
    public static string Version { get; } = typeof(BuildIdentity).Assembly.GetName().Version!.ToString(3);

    public static string Of(Assembly program)
    {
        var standIns = program.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "StandIns")?.Value;
        var engine = typeof(ICakeEngine).Assembly.GetName().Version?.ToString(3);
        return $"Slipway build on Cake {engine}, {(standIns is null ? "official packages" : $"stand-ins for {standIns}")}";
    }
}
