using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>GitHub reads the file only after it is merged, and reports errors on a page that nobody reads.</summary>
public sealed class Dependabot : IWorkflowRule
{
    private static readonly string[] Ecosystems = ["nuget", "dotnet-sdk", "docker", "github-actions", "terraform", "npm"];
    private static readonly string[] Intervals = ["daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "cron"];

    public string Name => "dependabot";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files)
    {
        if (files.Dependabot?.Root is not { } root)
            yield break;
        if (root["version"]?.Text != "2")
            yield return (root["version"] ?? root).Wrong(Name, "Write version: 2");
        var updates = root["updates"]?.Items.ToList() ?? [];
        foreach (var update in updates)
        {
            var ecosystem = update["package-ecosystem"];
            if (!Ecosystems.Contains(ecosystem?.Text))
                yield return (ecosystem ?? update).Wrong(Name, $"'{ecosystem?.Text}' is not used in this repository. Write package-ecosystem: with one of {string.Join(", ", Ecosystems)}.");
            if (!Intervals.Contains(update["schedule"]?["interval"]?.Text))
                yield return (update["schedule"] ?? update).Wrong(Name, $"Write schedule: with interval: one of {string.Join(", ", Intervals)}.");
            var folders = update["directories"] ?? update["directory"];
            if (folders is null)
                yield return update.Wrong(Name, "Write directory: or directories: with the location of its files.");
            foreach (var folder in folders?.Texts.Where(folder => !folder.Contains('*', StringComparison.Ordinal) && !files.HasFolder(folder)) ?? [])
                yield return folders!.Wrong(Name, $"There is no folder '{folder}' in this repository.");
        }

        foreach (var missing in Ecosystems.Except(updates.Select(update => update["package-ecosystem"]?.Text)))
            yield return (root["updates"] ?? root).Wrong(Name, $"This repository has packages of '{missing}', but no updates for them. Add package-ecosystem: {missing}");
    }
}
