using Slipway.Answers.Evidence;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Environments.Traces;

/// <summary>Exports evidence of an environment to a file.</summary>
public sealed class EnvironmentEvidence(SlipwayEnvironment environment, IProgressReport report)
{
    /// <exception cref="Registry.SlipwayException">Something is missing without which the file would prove nothing.</exception>
    public async Task WriteAsync(string prediction, string by, string output, CancellationToken cancellation)
    {
        var ids = new PredictionIds(await environment.PredictionKeyAsync(cancellation));
        var export = new EvidenceExport(environment.Store, ids, environment.Signatures, environment.Signer, environment.Name, by, environment.Time);
        var evidence = await export.CreateAsync(prediction, cancellation);
        await File.WriteAllBytesAsync(output, evidence.File, cancellation);
        report.Table("Evidence", [
            new("file", output),
            new("prediction", $"{prediction}{(evidence.Content.Prediction.Record is null ? ", not in the log (any more)" : "")}"),
            new("dataset", $"{evidence.Content.Dataset.Key}, SHA-256 {evidence.Content.Dataset.Sha256}"),
            new("signed by", evidence.Key.Id),
        ]);
        report.Line("docs/evidence.md prints the program that checks it. Give whoever checks it the fingerprint of the key separately from the file:");
        report.Line($"node check-evidence.mjs {Path.GetFileName(output)} {evidence.Key.Id}");
    }
}
