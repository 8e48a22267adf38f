namespace Slipway.Build.Cli.Configuration;

/// <summary>Every path in the repository that the build uses.</summary>
/// <param name="Root">The folder of <c>Slipway.slnx</c>.</param>
/// <param name="Caller">The directory from which the build was started: relative paths in arguments are resolved there.</param>
public sealed record Paths(string Root, string Caller)
{
    private const string SolutionName = "Slipway.slnx";

    public string Solution => At(SolutionName);

    /// <summary>The projects that a release consists of.</summary>
    public string Release => At("Slipway.Release.slnf");

    public string Settings => At("cake.config");

    /// <summary>The page with the picture of the projects.</summary>
    public string Architecture => At("docs", "architecture.md");

    public string Models => At("training", "models");

    /// <summary>The trainer's project, relative to the root of a checkout.</summary>
    public const string Trainer = "training/Trainer";

    /// <summary>The project of the Lambda functions.</summary>
    public string Automation => At("training", "Lambda", "Lambda.csproj");

    /// <summary>The published output of that project.</summary>
    public string AutomationPackage => At("artifacts", "lambda", "automation.zip");

    /// <summary>The output of packaging, scanning and pushing images: one folder per release.</summary>
    public string Images => At("artifacts", "images");

    /// <summary>The output of model trials: a summary, and one folder per model. Emptied at each run.</summary>
    public string Gates => At("artifacts", "gates");

    /// <summary>The results of a benchmark.</summary>
    public string Benchmarks => At("artifacts", "benchmarks");

    /// <summary>The benchmark, with its load generator and its baselines.</summary>
    public const string BenchmarkPrograms = "build/Benchmarks";

    public string BenchmarkProject => At("build", "Benchmarks", "Benchmarks.csproj");

    /// <summary>Programs that a benchmark runs only if their libraries are installed.</summary>
    public string Peers => At("build", "Benchmarks", "peers");

    /// <summary>The results of a soak.</summary>
    public string SoakResults => At("artifacts", "soak");

    /// <summary>The program of the soak.</summary>
    public const string SoakProgram = "build/Soak";

    public string SoakProject => At("build", "Soak", "Soak.csproj");

    /// <summary>The program that queries the prediction log.</summary>
    public const string AnalysisProgram = "build/Analysis";

    public string AnalysisProject => At("build", "Analysis", "Analysis.csproj");

    /// <summary>The page whose table a complete soak writes.</summary>
    public string Reliability => At("docs", "reliability.md");

    /// <summary>The scan policy, unless a team configures its own file.</summary>
    public const string ScanPolicy = "build/scan-policy.json";

    /// <summary>The table of prices, unless a team configures its own file.</summary>
    public const string Prices = "prices.json";

    /// <summary>The root module of the AWS environments, with the files of each environment.</summary>
    public string Infra => At("infra", "environments");

    /// <summary>The root module of an environment on an emulator.</summary>
    public string EmulatedInfra => At("infra", "emulated");

    /// <summary>The result of build.sh's query of the package feed; ignored by git, so a fresh checkout has none.</summary>
    public string StandInsAnswer => At("obj", "standins.props");

    /// <summary>The npm packages that workflows are linted with.</summary>
    public string WorkflowLinters => At("build", "Workflows", "Lint", "linters");

    /// <summary>Where they are installed; ignored by git.</summary>
    public string InstalledWorkflowLinters => At("obj", "workflow-linters");

    /// <summary>Where this tree is built against the complete public API of the official AWS packages; ignored by git.</summary>
    public string SdkCheck => At("obj", "sdk");

    /// <summary>The versions of all packages.</summary>
    public string PackageVersions => At("Directory.Packages.props");

    /// <summary>The output of the tests: one folder per project, emptied at each run.</summary>
    public string TestResults => At("TestResults");

    /// <summary>All files of the local environment; ignored by git, removed by deleting it.</summary>
    public string EnvironmentFolder(string environment) => At(".slipway", environment);

    public string Model(string model) => Path.Combine(Models, model);

    /// <summary>The folder of a project's build output.</summary>
    public string Output(string project, string configuration) => At(project, "bin", configuration, "net10.0");

    /// <summary>The full path of a file that cake.config names.</summary>
    public string FromRoot(string path) => Path.GetFullPath(path, Root);

    public string FromCaller(string path) => Path.GetFullPath(path, Caller);

    public string Relative(string path) => Path.GetRelativePath(Root, path);

    /// <summary>A file by its path on GitHub; null if it is not in this repository.</summary>
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

        throw new UsageException($"No {SolutionName} above {programFolder}: start the build with build.sh or build.ps1 in the repository.");
    }

    private string At(params string[] parts) => Path.Combine([Root, .. parts]);
}
