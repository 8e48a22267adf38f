using System.Globalization;
using Slipway.Automation.Rollouts;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Channels;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>The last rollouts of an environment, and how each ended.</summary>
public static class RolloutHistory
{
    private const int MaxRollouts = 10;

    /// <param name="model">Only this model's; null for all, releases included.</param>
    public static async Task ShowRolloutsAsync(this IProgressReport report, SlipwayEnvironment environment, string? model, CancellationToken cancellation)
    {
        var rows = new List<KeyValuePair<string, string>>();
        foreach (var id in await environment.Traffic.RolloutsAsync(cancellation))
        {
            if (rows.Count == MaxRollouts)
                break;
            if (await environment.Traffic.RolloutAsync(id, cancellation) is not { } record || (model is not null && record.Plan.Model != model))
                continue;
            var how = record.Events is [.., var last]
                ? $"{last.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}  {RolloutProgress.Word(last.Phase)}: {last.Reason}"
                : "nothing has happened yet";
            rows.Add(new(id, $"{RolloutDescription.Subject(record.Plan)} to {record.Candidate.Word()}  {how}"));
        }

        if (rows.Count > 0)
            report.Table("Rollouts, the last one first", rows);
    }
}
