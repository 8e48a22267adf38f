using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Reports;

/// <summary>The verified history of a model's channels.</summary>
public static class HistoryReport
{
    /// <param name="at">Shows what was live at that time, instead of all entries.</param>
    /// <param name="all">Also verifies everything that the history vouches for.</param>
    /// <returns>Whether it is unmodified.</returns>
    public static async Task<bool> ShowHistoryAsync(
        this IProgressReport report, SlipwayEnvironment environment, string model, DateTimeOffset? at, bool all, CancellationToken cancellation)
    {
        var audited = all ? await AuditAsync(report, environment, model, cancellation) : null;
        var history = audited?.History ?? await environment.History.InspectAsync(model, cancellation);
        if (at is { } time)
            await ShowLiveAsync(report, environment, history, time, cancellation);
        else
            report.Table($"'{model}'", history.Entries.Select(entry => KeyValuePair.Create(Number(entry.Number),
                $"{entry.At:u}  {Word(entry.Action),-8}  {(entry.From is { } from ? Number(from) : "-")} -> {Number(entry.To)}  " +
                $"{string.Join("+", entry.Channels.Select(color => color.Word()))}  by {entry.By}: {entry.Reason}")));

        return ShowProblems(report, audited?.Problems ?? history.Problems, audited);
    }

    private static Task<AuditedModel> AuditAsync(IProgressReport report, SlipwayEnvironment environment, string model, CancellationToken cancellation) =>
        report.StepAsync($"Verify '{model}'", async step =>
        {
            var audited = await new ModelAudit(environment.Store, environment.Signatures).RunAsync(model, cancellation);
            if (audited.Problems.Any(problem => problem.IsTampering))
                step.Fail();
            return audited;
        });

    private static bool ShowProblems(IProgressReport report, IReadOnlyList<HistoryProblem> problems, AuditedModel? audited)
    {
        foreach (var problem in problems)
            report.Line($"  {problem}");
        if (problems.Any(problem => problem.IsTampering))
            return false;

        report.Line(
            problems.Any(problem => problem.Kind == HistoryProblemKind.Incomplete) ? "  No entry was modified; incomplete entries were never carried out."
            : problems.Any(problem => problem.Kind == HistoryProblemKind.HeadNotSigned) ? "  The entries are consistent; no signature vouches for the unsigned ones."
            : problems.Count > 0 ? "  Everything is unmodified; unsigned versions are served anyway, because [Signing] Mode does not enforce signatures."
            : audited is null ? "  Every entry is unmodified."
            : $"  Everything is unmodified: {Number(audited.History.Entries.Count)} entries, {Number(audited.Versions)} versions with their artifacts{(audited.Signatures ? " and signatures" : "")}, {Number(audited.History.Pointers.Count)} channels.");
        return true;
    }

    private static async Task ShowLiveAsync(
        IProgressReport report, SlipwayEnvironment environment, InspectedHistory history, DateTimeOffset at, CancellationToken cancellation)
    {
        var live = Colors.All.Select(color => (Color: color, Entry: history.LiveAt(color, EndOf(at)))).ToList();
        if (live.All(one => one.Entry is null))
        {
            report.Line(history.Entries is [var first, ..]
                ? $"'{history.Model}': nothing was live at {Text(at)}; its first entry is from {Text(first.At)}."
                : $"'{history.Model}': nothing was ever live.");
            return;
        }

        var rows = new List<KeyValuePair<string, string>>();
        foreach (var (color, entry) in live)
            rows.Add(new(color.Word(), entry is null ? "nothing" : await LiveAsync(environment, entry, cancellation)));
        report.Table($"'{history.Model}' at {Text(at)}", rows);
        if (at > environment.Time.GetUtcNow())
            report.Line("  That time is in the future: this is what is live now.");
    }

    // The history shows whole seconds: a time given in seconds includes everything in that second, or a move would not be visible at the time it shows.
    private static DateTimeOffset EndOf(DateTimeOffset at) =>
        at.Ticks % TimeSpan.TicksPerSecond == 0 ? at.AddTicks(Math.Min(TimeSpan.TicksPerSecond - 1, DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks)) : at;

    private static async Task<string> LiveAsync(SlipwayEnvironment environment, HistoryEntry entry, CancellationToken cancellation) =>
        $"version {Number(entry.To)} of training job {await JobAsync(environment, entry, cancellation)}, " +
        $"since {Text(entry.At)} (entry {Number(entry.Number)}, {Word(entry.Action)} by {entry.By}: {entry.Reason})";

    private static async Task<string> JobAsync(SlipwayEnvironment environment, HistoryEntry entry, CancellationToken cancellation)
    {
        try
        {
            return (await environment.Versions.GetAsync(entry.Model, entry.To, cancellation))?.Lineage.TrainingJob ?? "unknown, because its manifest is gone";
        }
        catch (UnreadableObjectException)
        {
            return "unknown, because its manifest cannot be read";
        }
    }

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Word(HistoryAction action) => action.ToString().ToLowerInvariant();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
