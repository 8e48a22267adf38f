using System.Globalization;
using Slipway.Automation.Local.Watching;
using Slipway.Build.Cli.Output;

namespace Slipway.Build.Environments.Reports;

/// <summary>The output of a watcher: where to put files, and then one line per event.</summary>
public static class WatchReport
{
    private static readonly int KindWidth = Enum.GetNames<WatchEventKind>().Max(name => name.Length);

    public static void ShowWatch(this IProgressReport report, LocalEnvironment environment, string name, IReadOnlyList<string> models, Func<string, string> folderOf)
    {
        report.Table(
            $"Watching environment {name}. Put a CSV file with a header into a model's folder to train on it; the model is served if it passes the gates:",
            models.Select(model => KeyValuePair.Create(model, folderOf(model))));
        if (models.Count == 0)
            report.Line("  There are no models in training/models yet; a folder with a model.json is picked up when it appears.");
        report.Line(environment.Servers.Count == 0
            ? "No server is running: versions are registered and published, and served after ./build.sh --target=Deploy."
            : $"Serving: {string.Join(" and ", environment.Servers.Select(server => server.Name))}.");
        report.Line("Stop with Ctrl+C. Other commands can run in the meantime.");
    }

    public static void ShowWatched(this IProgressReport report, WatchEvent happened, TimeProvider time)
    {
        var at = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var kind = happened.Kind.ToString().ToLowerInvariant().PadRight(KindWidth);
        report.Line($"{at}  {kind}  {(happened.Model is { } model ? $"{model}: " : "")}{happened.Text}");
    }
}
