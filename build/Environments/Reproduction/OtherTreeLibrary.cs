using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Reproduction;

/// <summary>
/// The explanation if this machine trains boosted trees with a different library than the one that trained a version: different bytes are not the
/// fault of the version, and would prove nothing.
/// </summary>
public static class OtherTreeLibrary
{
    /// <summary>Before training.</summary>
    /// <param name="here">The library that the trainer uses on this machine; null if unknown.</param>
    /// <returns>Null if the library is the same or unknown.</returns>
    public static string? Warning(ModelManifest manifest, string? here) => IsOther(manifest, here)
        ? $"{Name(manifest)} {Fact(manifest, here!)} Different bytes are expected, and do not indicate a problem with the version."
        : null;

    /// <summary>After training, if the bytes differ.</summary>
    /// <returns>Null if the library is not the reason.</returns>
    public static string? Verdict(ReproducedVersion version)
    {
        var here = version.Again.Evidence is { } evidence ? TreeLibrary.Of(evidence.Libraries) : null;
        return !version.IsIdentical && IsOther(version.Manifest, here)
            ? $"{Name(version.Manifest)} cannot be compared on this machine; this does not indicate a real difference: it {Fact(version.Manifest, here!)} " +
              $"Reproduce it on a machine where {TreeLibrary.Of(version.Manifest.Lineage.Environment.Libraries)} trains the trees."
            : null;
    }

    private static bool IsOther(ModelManifest manifest, string? here) =>
        TreeLibrary.Of(manifest.Lineage.Environment.Libraries) is { } then && here is not null && here != then;

    private static string Fact(ModelManifest manifest, string here) =>
        $"was trained with {TreeLibrary.Of(manifest.Lineage.Environment.Libraries)}, but on this machine " +
        $"({RuntimeInformation.RuntimeIdentifier}) {TrainerNames.BoostedTrees} uses {here}.";

    private static string Name(ModelManifest manifest) => $"'{manifest.Model}' version {manifest.Version.ToString(CultureInfo.InvariantCulture)}";
}
