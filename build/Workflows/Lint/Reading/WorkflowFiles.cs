using YamlDotNet.Core;

namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>The files that GitHub reads in a repository: workflows, the actions that they share, and Dependabot's configuration.</summary>
public sealed class WorkflowFiles
{
    private const string Workflow = ".github/workflows/";
    private const string Action = ".github/actions/";
    private const string DependabotFile = ".github/dependabot.yml";

    private WorkflowFiles(IEnumerable<(string Path, string Text)> files, Func<string, bool> hasFolder)
    {
        var unreadable = new List<WorkflowFinding>();
        var all = files.Select(file => Parse(file.Path, file.Text, unreadable)).OfType<YamlFile>().ToList();
        Workflows = [.. all.Where(file => file.Path.StartsWith(Workflow, StringComparison.Ordinal)).Select(file => new WorkflowDefinition(file))];
        Actions = [.. all.Where(file => file.Path.StartsWith(Action, StringComparison.Ordinal)).Select(file => new ActionDefinition(file))];
        Dependabot = all.Find(file => file.Path == DependabotFile);
        Unreadable = unreadable;
        HasFolder = hasFolder;
    }

    public IReadOnlyList<WorkflowDefinition> Workflows { get; }

    public IReadOnlyList<ActionDefinition> Actions { get; }

    public YamlFile? Dependabot { get; }

    /// <summary>The files that are not YAML.</summary>
    public IReadOnlyList<WorkflowFinding> Unreadable { get; }

    /// <summary>Whether the repository has a folder.</summary>
    public Func<string, bool> HasFolder { get; }

    public IEnumerable<JobDefinition> Jobs => Workflows.SelectMany(workflow => workflow.Jobs);

    public IEnumerable<StepDefinition> Steps => Jobs.SelectMany(job => job.Steps).Concat(Actions.SelectMany(action => action.Steps));

    /// <summary>Relative to the repository.</summary>
    public IEnumerable<string> Paths => Workflows.Select(workflow => workflow.File.Path).Concat(Actions.Select(action => action.File.Path));

    public WorkflowDefinition? WorkflowOf(JobDefinition caller) => Workflows.FirstOrDefault(workflow => caller.Uses?.Text == $"./{workflow.File.Path}");

    public ActionDefinition? ActionOf(StepDefinition step) => Actions.FirstOrDefault(action => step.Uses?.Text?.TrimEnd('/') == action.Reference);

    public IEnumerable<JobDefinition> CallersOf(WorkflowDefinition workflow) => Jobs.Where(job => WorkflowOf(job) == workflow);

    /// <param name="root">The root of the repository.</param>
    public static WorkflowFiles Read(string root)
    {
        var found = Found(root, Workflow, SearchOption.TopDirectoryOnly, "*.yml", "*.yaml")
            .Concat(Found(root, Action, SearchOption.AllDirectories, "action.yml", "action.yaml"))
            .Concat(Found(root, ".github/", SearchOption.TopDirectoryOnly, "dependabot.yml"));
        return new(found.Select(path => (path, File.ReadAllText(Path.Combine(root, path)))), folder => Directory.Exists(Path.Combine(root, folder.TrimStart('/'))));
    }

    public static WorkflowFiles Of(IEnumerable<(string Path, string Text)> files, params string[] folders) => new(files, folders.Contains);

    private static IEnumerable<string> Found(string root, string folder, SearchOption depth, params string[] patterns) =>
        Directory.Exists(Path.Combine(root, folder))
            ? patterns.SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(root, folder), pattern, depth))
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)
            : [];

    private static YamlFile? Parse(string path, string text, List<WorkflowFinding> unreadable)
    {
        try
        {
            return YamlFile.Parse(path, text);
        }
        catch (YamlException e)
        {
            unreadable.Add(new(path, (int)e.Start.Line, (int)e.Start.Column, "yaml", $"This is not YAML: {e.Message}"));
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // the parser throws these for some invalid input, without a position
            unreadable.Add(new(path, 1, 1, "yaml", $"This is not YAML: {e.Message}"));
            return null;
        }
    }
}
