using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;

namespace Slipway.Build.Tests.Cli.GitHub;

/// <summary>A workflow job in a separate folder, and what its runner reads.</summary>
internal sealed class JobFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-job-");
    private readonly StringWriter _log = new() { NewLine = "\n" };

    public JobFixture(bool running = true) => Job = new(
        name => !running ? null : name switch
        {
            EnvironmentVariables.GitHubActions => "true",
            EnvironmentVariables.GitHubSummary => SummaryPath,
            EnvironmentVariables.GitHubOutput => OutputPath,
            _ => null,
        },
        _log);

    public WorkflowJob Job { get; }

    public IReadOnlyList<string> Orders => _log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Summary => File.Exists(SummaryPath) ? File.ReadAllText(SummaryPath) : "";

    public string Output => File.Exists(OutputPath) ? File.ReadAllText(OutputPath) : "";

    private string SummaryPath => Path.Combine(_folder.FullName, "summary.md");

    private string OutputPath => Path.Combine(_folder.FullName, "output");

    public void Dispose()
    {
        _log.Dispose();
        TestFolder.Remove(_folder);
    }
}
