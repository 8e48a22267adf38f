using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reproduction;
using Slipway.Registry;

namespace Slipway.Build.Environments.Reports;

/// <summary>The result of reproducing a version.</summary>
public static class ReproductionReport
{
    /// <exception cref="SlipwayException">The bytes differ.</exception>
    public static void ShowReproduction(this IProgressReport report, ReproducedVersion version)
    {
        var manifest = version.Manifest;
        var name = $"'{manifest.Model}' version {manifest.Version.ToString(CultureInfo.InvariantCulture)}";
        report.Table(name, Rows(version));
        if (version.IsIdentical)
        {
            report.Line($"{name} is reproducible: the same lineage produced the same model.onnx, byte for byte.");
            return;
        }

        if (OtherTreeLibrary.Verdict(version) is { } verdict)
            throw new SlipwayException(verdict);
        throw new SlipwayException(string.Join('\n', [$"{name} was not reproduced: the bytes of model.onnx differ from the registered ones. {Cause(version)}", .. version.Differences.Select(line => $"  {line}")]));
    }

    private static string Cause(ReproducedVersion version) => version switch
    {
        { Again.Evidence: null } => "The trainer of that commit does not record its environment, so compare libraries and architecture by hand.",
        { Differences.Count: 0 } when Image(version) is { } image =>
            $"Nothing in the lineage differs: the system libraries of {image} may differ from this machine's, the manifest was modified, or this trainer is not deterministic.",
        { Differences.Count: 0 } => "Nothing in the lineage differs: the manifest was modified, or this trainer is not deterministic.",
        _ => "Likely causes:",
    };

    // on this machine, a lineage names the trainer's folder by a hash
    private static string? Image(ReproducedVersion version) =>
        version.Manifest.Lineage.Environment.Image is var image && image.StartsWith("sha256:", StringComparison.Ordinal) ? $"the image {image}" : null;

    private static IEnumerable<KeyValuePair<string, string>> Rows(ReproducedVersion version)
    {
        var lineage = version.Manifest.Lineage;
        yield return new("training job", lineage.TrainingJob);
        yield return new("commit", lineage.Source.Commit);
        if (Image(version) is { } image)
            yield return new("trainer", $"built here from that commit; originally it ran in {image}");
        yield return new("dataset", $"sha256 {lineage.Dataset.Sha256} (verified)");
        yield return new("spec", $"sha256 {lineage.SpecSha256} (verified)");
        yield return new("seed", lineage.Seed.ToString(CultureInfo.InvariantCulture));
        yield return new("architecture", version.Again.Evidence?.Architecture ?? "unknown");
        foreach (var difference in version.Differences)
            yield return new("differs", difference);
        if (version is { Again.Evidence: not null, Differences.Count: 0 })
            yield return new("libraries", string.Join(", ", lineage.Environment.Libraries.Select(library => $"{library.Key} {library.Value}")) + ", unchanged");
        yield return new("expected", version.Expected);
        yield return new("actual", version.Actual);
    }
}
