using Slipway.Build.Cli.Configuration;
using Parts = Slipway.Build.Workflows.Changes.ChangedParts;

namespace Slipway.Build.Workflows.Changes;

/// <summary>What a change affects, by the paths of its files. Pure.</summary>
public static class ChangePolicy
{
    private const string Models = "training/models";

    /// <summary>The first matching rule applies. A path that matches no rule counts as code, so that too much is tested rather than too little.</summary>
    public static IReadOnlyList<PathRule> Rules { get; } =
    [
        // tests run the commands in these files
        PathRule.File("README.md", Parts.Code),
        PathRule.File("docs/operations.md", Parts.Code),
        PathRule.File("docs/evidence.md", Parts.Code),
        // a test compares the picture with the project references
        PathRule.File("docs/architecture.md", Parts.Code),
        // a module's README contains a table that a test compares
        PathRule.Folder("infra", Parts.Code | Parts.Infra),
        PathRule.Ending(".md", Parts.None),
        PathRule.Folder("docs", Parts.None),
        PathRule.File("LICENSE", Parts.None),

        // the tests of workflows are code like any other
        PathRule.Folder(".github", Parts.Code | Parts.Workflows),
        PathRule.Folder("build/Workflows", Parts.Code | Parts.Workflows),
        PathRule.Folder("tests/Workflows", Parts.Code | Parts.Workflows),

        // a model's own trainer is compiled into the one in the image
        PathRule.Below(Models, ".cs", Parts.Code | Parts.Images | Parts.Model),
        PathRule.Folder(Models, Parts.Code | Parts.Model),
        PathRule.Folder("training/Trainer", Parts.Code | Parts.Images | Parts.EveryModel),
        PathRule.Folder("training/Registry", Parts.Code | Parts.Images | Parts.EveryModel),
        PathRule.Folder("training/Reporting", Parts.Code | Parts.Images | Parts.EveryModel),
        PathRule.Folder("training/Automation", Parts.Code | Parts.EveryModel),
        PathRule.Folder("build/Environments/Gates", Parts.Code | Parts.EveryModel),
        PathRule.Folder("build/Environments/Training", Parts.Code | Parts.EveryModel),
        PathRule.File("Directory.Build.props", Parts.Code | Parts.Images | Parts.EveryModel),
        PathRule.File("Directory.Build.targets", Parts.Code | Parts.Images | Parts.EveryModel),
        PathRule.File("Directory.Packages.props", Parts.Code | Parts.Images | Parts.EveryModel),
        PathRule.File("global.json", Parts.Code | Parts.Images | Parts.EveryModel),
        PathRule.File("nuget.config", Parts.Code | Parts.Images | Parts.EveryModel),

        PathRule.Folder("training/PredictionLogs", Parts.Code | Parts.Images),
        PathRule.Folder("inference", Parts.Code | Parts.Images),
        PathRule.Folder("gateway", Parts.Code | Parts.Images),
        PathRule.Folder("build/bases", Parts.Code | Parts.Images),
        PathRule.Folder("build/Images", Parts.Code | Parts.Images),
        PathRule.File(Paths.ScanPolicy, Parts.Code | Parts.Images),
        PathRule.Folder("tests/Containers", Parts.Code | Parts.Images),

        PathRule.Folder("build/Environments/Infra", Parts.Code | Parts.Infra),
        PathRule.Folder("tests/Infra", Parts.Code | Parts.Infra),

        // defines environments, base images and the scan policy
        PathRule.File("cake.config", Parts.Code | Parts.Images | Parts.Infra),
    ];

    /// <param name="paths">With slashes, relative to the repository's root.</param>
    /// <param name="models">The models in the tree now: one that was deleted is not trained.</param>
    public static RepositoryChanges Of(IReadOnlyCollection<string> paths, IReadOnlyList<string> models)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var parts = Parts.None;
        foreach (var path in paths)
        {
            var those = PartsOf(path);
            parts |= those;
            if (those.HasFlag(Parts.Model))
                touched.UnionWith(ModelOf(path) is { } model ? [model] : models);
            if (those.HasFlag(Parts.EveryModel))
                touched.UnionWith(models);
        }

        return new(
            paths.Count, parts.HasFlag(Parts.Code), parts.HasFlag(Parts.Images), parts.HasFlag(Parts.Infra), parts.HasFlag(Parts.Workflows),
            [.. models.Where(touched.Contains)], [.. touched.Except(models).Order(StringComparer.Ordinal)]);
    }

    public static ChangedParts PartsOf(string path) => Rules.FirstOrDefault(rule => rule.Matches(path))?.Parts ?? Parts.Code;

    // null for a file next to the models' folders, which may affect any of them
    private static string? ModelOf(string path) => path.Split('/') is [_, _, var model, _, ..] ? model : null;
}
