using Slipway.Automation.Local;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;

namespace Slipway.Build.Environments.Reproduction;

/// <summary>A version, and the result of running its lineage again.</summary>
public sealed record ReproducedVersion(ModelManifest Manifest, ReplayedModel Again)
{
    public string Expected => Manifest.Artifact.OnnxSha256;

    public string Actual => Again.OnnxSha256;

    public bool IsIdentical => Actual == Expected;

    /// <summary>What differed in the trainer's environment, one per line: the likely causes if the bytes differ.</summary>
    public IReadOnlyList<string> Differences => Again.Evidence is not { } now ? [] :
    [
        .. Changed("architecture", Then.Architecture, now.Architecture, StringComparison.OrdinalIgnoreCase),
        .. Names(Then.Libraries, now.Libraries).SelectMany(name =>
            Changed(name, Then.Libraries.GetValueOrDefault(name), now.Libraries.GetValueOrDefault(name))),
        .. Names(Manifest.Lineage.Hyperparameters, now.Hyperparameters).SelectMany(name =>
            Changed($"hyperparameter {name}", Manifest.Lineage.Hyperparameters.GetValueOrDefault(name), now.Hyperparameters.GetValueOrDefault(name))),
    ];

    private TrainingEnvironment Then => Manifest.Lineage.Environment;

    private static IEnumerable<string> Names(IReadOnlyDictionary<string, string> then, IReadOnlyDictionary<string, string> now) =>
        then.Keys.Union(now.Keys).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Changed(
        string name, string? then, string? now, StringComparison comparison = StringComparison.Ordinal)
    {
        if (!string.Equals(then, now, comparison))
            yield return $"{name} was {then ?? "absent"}, is {now ?? "absent"}";
    }
}
