namespace Slipway.Build.Cli.Configuration;

/// <summary>The environment variables that the build reads.</summary>
public static class EnvironmentVariables
{
    /// <summary>Set by every CI service: progress is printed as plain lines.</summary>
    public const string Ci = "CI";

    /// <summary><c>dumb</c> if a terminal supports no cursor movement.</summary>
    public const string Terminal = "TERM";

    /// <summary>Set by people who do not want colors, and by the build for Cake's log if its output is not a terminal.</summary>
    public const string NoColor = "NO_COLOR";

    /// <summary>A folder for local environments, instead of <c>.slipway</c> in the repository.</summary>
    public const string Home = "SLIPWAY_HOME";

    /// <summary>Set by Windows: the processor model.</summary>
    public const string Processor = "PROCESSOR_IDENTIFIER";

    /// <summary>Set to <c>true</c> by GitHub's runner.</summary>
    public const string GitHubActions = "GITHUB_ACTIONS";

    /// <summary>The file that a step appends Markdown to, for the summary of the run.</summary>
    public const string GitHubSummary = "GITHUB_STEP_SUMMARY";

    /// <summary>The file that a step writes its outputs to.</summary>
    public const string GitHubOutput = "GITHUB_OUTPUT";

    /// <summary>The file that describes the event that started a GitHub workflow.</summary>
    public const string GitHubEvent = "GITHUB_EVENT_PATH";

    /// <summary>The URL of GitHub's REST API.</summary>
    public const string GitHubApi = "GITHUB_API_URL";

    /// <summary>The token with which a step writes to a pull request, if the workflow passes it.</summary>
    public const string GitHubToken = "GITHUB_TOKEN";

    /// <summary>Who started a GitHub workflow.</summary>
    public const string GitHubActor = "GITHUB_ACTOR";

    /// <summary>The user name for a container registry that is not Amazon's.</summary>
    public const string RegistryUser = "SLIPWAY_RegistryUser";

    /// <summary>The password for that user name.</summary>
    public const string RegistryPassword = "SLIPWAY_RegistryPassword";

    /// <summary>Where the docker client keeps a person's logins, if not in <c>~/.docker</c>.</summary>
    public const string DockerConfiguration = "DOCKER_CONFIG";

    /// <summary>GitHub's URL, repository, workflow, revision, run and attempt, for the provenance.</summary>
    public const string GitHubServer = "GITHUB_SERVER_URL";

    public const string GitHubRepository = "GITHUB_REPOSITORY";

    public const string GitHubWorkflow = "GITHUB_WORKFLOW_REF";

    public const string GitHubRun = "GITHUB_RUN_ID";

    public const string GitHubAttempt = "GITHUB_RUN_ATTEMPT";

    /// <summary>Which stand-ins are used, as Directory.Build.targets reads it.</summary>
    public const string StandIns = "StandIns";

    /// <summary>Set by build.sh and build.ps1 when they had to compile this program: how many seconds that took.</summary>
    public const string CompiledIn = "SLIPWAY_COMPILED_IN";

    /// <summary>Where NuGet keeps packages, if not in <c>~/.nuget/packages</c>.</summary>
    public const string NuGetPackages = "NUGET_PACKAGES";

    /// <summary>Where programs on Unix keep temporary files, if not in <c>/tmp</c>.</summary>
    public const string TemporaryFolder = "TMPDIR";

    /// <summary>Set by the build for tests: the file in which they write which of them run.</summary>
    public const string RunningTests = "SLIPWAY_RUNNING_TESTS";

    public static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static bool IsSet(string name) => Value(name) is { } value && value is not ("0" or "false");
}
