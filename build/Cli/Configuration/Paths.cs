namespace Slipway.Build.Cli.Configuration;

/// <summary>Every place in the repository that the build knows, once.</summary>
/// <param name="Root">The folder of <c>Slipway.slnx</c>.</param>
/// <param name="Caller">Where the person stood who started the build: relative paths in arguments start there.</param>
public sealed record Paths(string Root, string Caller)
{
    private const string SolutionName = "Slipway.slnx";

    public string Solution => At(SolutionName);

    /// <summary>The projects of the solution that a release is made of.</summary>
    public string Release => At("Slipway.Release.slnf");

    public string Settings => At("cake.config");

    public string Models => At("training", "models");

    /// <summary>The trainer's project, below any checkout.</summary>
    public const string Trainer = "training/Trainer";

    /// <summary>The project of the two Lambda functions.</summary>
    public string Automation => At("training", "Lambda", "Lambda.csproj");

    /// <summary>What that project is published to.</summary>
    public string AutomationPackage => At("artifacts", "lambda", "automation.zip");

    /// <summary>What packaging, scanning and pushing images leaves: one folder a release.</summary>
    public string Images => At("artifacts", "images");

    /// <summary>What trying a change's models leaves: a table of all, and one folder a model. Emptied at each run.</summary>
    public string Gates => At("artifacts", "gates");

    /// <summary>What a benchmark found.</summary>
    public string Benchmarks => At("artifacts", "benchmarks");

    /// <summary>What a benchmark compares us with, and the load that it puts on all of them.</summary>
    public const string BenchmarkPrograms = "tests/Benchmarks";

    public string BenchmarkProject => At("tests", "Benchmarks", "Benchmarks.csproj");

    /// <summary>Programs that a benchmark runs only where their libraries are.</summary>
    public string Peers => At("tests", "Benchmarks", "peers");

    /// <summary>What images may carry, unless a team names a file of its own.</summary>
    public const string ScanPolicy = "build/scan-policy.json";

    /// <summary>The root module of the environments on AWS, and the files with what is each one's own.</summary>
    public string Infra => At("infra", "environments");

    /// <summary>The root module of an environment on an emulator.</summary>
    public string EmulatedInfra => At("infra", "emulated");

    /// <summary>What the feed said to build.sh; ignored by git, so a fresh checkout has none.</summary>
    public string StandInsAnswer => At("obj", "standins.props");

    /// <summary>The linters from npm that workflows are checked with.</summary>
    public string WorkflowLinters => At("build", "Workflows", "Lint", "linters");

    /// <summary>Where they are installed; ignored by git.</summary>
    public string InstalledWorkflowLinters => At("obj", "workflow-linters");

    /// <summary>Where this tree is built with everything public of the official AWS packages; ignored by git.</summary>
    public string SdkCheck => At("obj", "sdk");

    /// <summary>The versions of all packages.</summary>
    public string PackageVersions => At("Directory.Packages.props");

    /// <summary>What the tests leave behind: one folder a project, emptied at each run.</summary>
    public string TestResults => At("TestResults");

    /// <summary>All that an environment on this machine consists of; ignored by git, removed by deleting it.</summary>
    public string EnvironmentFolder(string environment) => At(".slipway", environment);

    public string Model(string model) => Path.Combine(Models, model);

    /// <summary>Where a project's build output lies.</summary>
    public string Output(string project, string configuration) => At(project, "bin", configuration, "net10.0");

    /// <summary>The full path of a file that cake.config names.</summary>
    public string FromRoot(string path) => Path.GetFullPath(path, Root);

    public string FromCaller(string path) => Path.GetFullPath(path, Caller);

    public string Relative(string path) => Path.GetRelativePath(Root, path);

    /// <summary>A file as GitHub names it; null for one that is not in this repository.</summary>
    public string? InRepository(string path)
    {
        var relative = Relative(path);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? null : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The repository that this program was built in.</summary>
    public static Paths Find(string programFolder, string caller)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionName)))
                return new Paths(folder.FullName, caller);
        }

        throw new UsageException($"No {SolutionName} above {programFolder}: run the build with build.sh or build.ps1 of the repository.");
    }

    private string At(params string[] parts) => Path.Combine([Root, .. parts]);
}
