using System.Globalization;
using Slipway.Automation.Local.Watching;
using Slipway.Build.Cli.Output;

namespace Slipway.Build.Environments.Reports;

/// <summary>What a watcher shows: where to drop files, and then a line for each thing that happens.</summary>
public static class WatchReport
{
    private static readonly int KindWidth = Enum.GetNames<WatchEventKind>().Max(name => name.Length);

    public static void ShowWatch(this IProgressReport report, LocalEnvironment environment, string name, IReadOnlyList<string> models, Func<string, string> folderOf)
    {
        report.Table(
            $"Watching environment {name}. A CSV with a header, dropped into a model's folder, is trained on, gated, and served when it passes:",
            models.Select(model => KeyValuePair.Create(model, folderOf(model))));
        if (models.Count == 0)
            report.Line("  There is no model under training/models yet; a folder with a model.json is taken up when it appears.");
        report.Line(environment.Servers.Count == 0
            ? "No server runs: versions are registered and published, and served after ./build.sh --target=Deploy."
            : $"Serving: {string.Join(" and ", environment.Servers.Select(server => server.Name))}.");
        report.Line("Ctrl+C ends it. Other commands may run meanwhile.");
    }

    public static void ShowWatched(this IProgressReport report, WatchEvent happened, TimeProvider time)
    {
        var at = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var kind = happened.Kind.ToString().ToLowerInvariant().PadRight(KindWidth);
        report.Line($"{at}  {kind}  {(happened.Model is { } model ? $"{model}: " : "")}{happened.Text}");
    }
}
