using Slipway.Automation.Monitoring;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Predictions;

namespace Slipway.Build.Environments;

/// <summary>The true labels of an environment's predictions.</summary>
public sealed class EnvironmentFeedback(SlipwayEnvironment environment, IProgressReport report)
{
    /// <exception cref="SlipwayException">The file cannot be read, or a row of it is malformed; what was read before is stored.</exception>
    public async Task ImportAsync(string model, string path, CancellationToken cancellation)
    {
        var checks = new FeedbackChecks(environment.Store, model, await IdsAsync(cancellation), environment.Time);
        await using var content = File.OpenRead(path);
        if (!content.CanSeek)
            throw new SlipwayException($"{path} is not a regular file: it is read twice. Copy it to a file first.");
        var imported = await new FeedbackImport(environment.Store, model, checks, environment.Time).RunAsync(content, Path.GetFileName(path), cancellation);
        report.ShowFeedback(model, imported);
    }

    public async Task<QualityReport?> JoinAsync(string model, CancellationToken cancellation)
    {
        await new QualityMonitoring(environment.Store, environment.Time).RunAsync(everything: true, cancellation);
        return await QualityMonitoring.FindAsync(environment.Store, model, cancellation);
    }

    // few roles may read the key; without it, ids that no server created are found out when labels are joined
    private async Task<PredictionIds?> IdsAsync(CancellationToken cancellation)
    {
        try
        {
            return new(await environment.PredictionKeyAsync(cancellation));
        }
        catch (SlipwayException e)
        {
            report.Line($"Prediction ids are not checked for authenticity: {e.Message}");
            return null;
        }
    }
}
