using System.Globalization;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The history of a model's channels, checked.</summary>
public static class HistoryReport
{
    /// <exception cref="SlipwayException">The history is not what was written.</exception>
    public static async Task ShowHistoryAsync(
        this IProgressReport report, LocalEnvironment environment, string model, CancellationToken cancellation)
    {
        var entries = await environment.History.ReadAsync(model, cancellation).ToListAsync(cancellation);
        report.Table($"'{model}'", entries.Select(entry => KeyValuePair.Create(
            entry.Number.ToString(CultureInfo.InvariantCulture),
            $"{entry.At:u}  {entry.Action.ToString().ToLowerInvariant(),-8}  {entry.From?.ToString(CultureInfo.InvariantCulture) ?? "-"} -> {entry.To.ToString(CultureInfo.InvariantCulture)}  " +
            $"{string.Join("+", entry.Channels.Select(color => color.Word()))}  by {entry.By}: {entry.Reason}")));

        var problems = await environment.History.VerifyAsync(model, cancellation);
        foreach (var problem in problems)
            report.Line($"  {problem}");
        if (problems.Any(problem => problem.IsTampering))
            throw new SlipwayException($"The history of '{model}' is not what was written, see above: somebody changed the store by hand.");
        report.Line(problems.Count == 0 ? "  Every entry is as it was written." : "  No entry was changed; what is incomplete was never carried out.");
    }
}
