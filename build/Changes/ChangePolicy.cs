using static Slipway.Build.ChangedParts;

namespace Slipway.Build.Changes;

/// <summary>What a change has an effect on, by the paths of its files. Pure.</summary>
public static class ChangePolicy
{
    private const string Models = "training/models";

    /// <summary>The first that fits decides. A path that none fits counts as code: too much is tested then, never too little.</summary>
    public static IReadOnlyList<PathRule> Rules { get; } =
    [
        // tests run the commands in these two
        PathRule.File("README.md", Code),
        PathRule.File("docs/operations.md", Code),
        // a module's page holds a table that a test compares
        PathRule.Folder("infra", Code | Infra),
        PathRule.Ending(".md", None),
        PathRule.Folder("docs", None),
        PathRule.File("LICENSE", None),

        // the tests on workflows are code like any other
        PathRule.Folder(".github", Code | Workflows),
        PathRule.Folder("build/Workflows", Code | Workflows),
        PathRule.Folder("tests/Workflows", Code | Workflows),

        // a trainer of a model's own is compiled into the one in the image
        PathRule.Below(Models, ".cs", Code | Images | Model),
        PathRule.Folder(Models, Code | Model),
        PathRule.Folder("training/Trainer", Code | Images | EveryModel),
        PathRule.Folder("training/Registry", Code | Images | EveryModel),
        PathRule.Folder("training/Automation", Code | EveryModel),
        PathRule.Folder("build/Gates", Code | EveryModel),
        PathRule.Folder("build/Training", Code | EveryModel),
        PathRule.File("Directory.Build.props", Code | Images | EveryModel),
        PathRule.File("Directory.Build.targets", Code | Images | EveryModel),
        PathRule.File("Directory.Packages.props", Code | Images | EveryModel),
        PathRule.File("global.json", Code | Images | EveryModel),
        PathRule.File("nuget.config", Code | Images | EveryModel),

        PathRule.Folder("inference", Code | Images),
        PathRule.Folder("gateway", Code | Images),
        PathRule.Folder("build/bases", Code | Images),
        PathRule.Folder("build/Images", Code | Images),
        PathRule.Folder("build/Scanning", Code | Images),
        PathRule.Folder("build/Tools/Docker", Code | Images),
        PathRule.File("build/Tools/DockerTool.cs", Code | Images),
        PathRule.File("build/Tools/TrivyTool.cs", Code | Images),
        PathRule.File("build/Tools/TrivyRelease.cs", Code | Images),
        PathRule.File(Paths.ScanPolicy, Code | Images),
        PathRule.Folder("tests/Containers", Code | Images),

        PathRule.Folder("build/Infra", Code | Infra),
        PathRule.File("build/Tools/TerraformTool.cs", Code | Infra),
        PathRule.Folder("tests/Infra", Code | Infra),

        // names environments, bases of images and the scan policy
        PathRule.File("cake.config", Code | Images | Infra),
    ];

    /// <param name="paths">With slashes, from the top of the repository on.</param>
    /// <param name="models">Those that the tree holds now: one that was deleted is not trained.</param>
    public static RepositoryChanges Of(IReadOnlyCollection<string> paths, IReadOnlyList<string> models)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var parts = None;
        foreach (var path in paths)
        {
            var those = PartsOf(path);
            parts |= those;
            if (those.HasFlag(Model))
                touched.UnionWith(ModelOf(path) is { } model ? [model] : models);
            if (those.HasFlag(EveryModel))
                touched.UnionWith(models);
        }

        return new(
            paths.Count, parts.HasFlag(Code), parts.HasFlag(Images), parts.HasFlag(Infra), parts.HasFlag(Workflows),
            [.. models.Where(touched.Contains)], [.. touched.Except(models).Order(StringComparer.Ordinal)]);
    }

    public static ChangedParts PartsOf(string path) => Rules.FirstOrDefault(rule => rule.Matches(path))?.Parts ?? Code;

    // null for a file beside the models' folders, which may mean any of them
    private static string? ModelOf(string path) => path.Split('/') is [_, _, var model, _, ..] ? model : null;
}
