using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Reproduction;

/// <summary>
/// What there is to say where this machine grows boosted trees with another library than the one that made a version: other bytes are no fault of the version
/// then, and prove nothing.
/// </summary>
public static class OtherTreeLibrary
{
    /// <summary>Before it is trained.</summary>
    /// <param name="here">What the trainer takes on this machine; null where it does not say.</param>
    /// <returns>Null where the library is the same, or is not known.</returns>
    public static string? Warning(ModelManifest manifest, string? here) => IsOther(manifest, here)
        ? $"{Name(manifest)} {Fact(manifest, here!)} Other bytes are to be expected, and say nothing against the version."
        : null;

    /// <summary>After it was trained, where the bytes are other ones.</summary>
    /// <returns>Null where the library is no reason.</returns>
    public static string? Verdict(ReproducedVersion version)
    {
        var here = version.Again.Evidence is { } evidence ? TreeLibrary.Of(evidence.Libraries) : null;
        return !version.IsIdentical && IsOther(version.Manifest, here)
            ? $"{Name(version.Manifest)} cannot be compared on this machine, which is no sign of a real difference: it {Fact(version.Manifest, here!)} " +
              $"Reproduce it on a machine where {TreeLibrary.Of(version.Manifest.Lineage.Environment.Libraries)} grows the trees."
            : null;
    }

    private static bool IsOther(ModelManifest manifest, string? here) =>
        TreeLibrary.Of(manifest.Lineage.Environment.Libraries) is { } then && here is not null && here != then;

    private static string Fact(ModelManifest manifest, string here) =>
        $"was made with {TreeLibrary.Of(manifest.Lineage.Environment.Libraries)}, and on this machine " +
        $"({RuntimeInformation.RuntimeIdentifier}) {TrainerNames.BoostedTrees} takes {here}.";

    private static string Name(ModelManifest manifest) => $"'{manifest.Model}' version {manifest.Version.ToString(CultureInfo.InvariantCulture)}";
}
