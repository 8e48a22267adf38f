using System.Diagnostics;
using System.Text.Json.Nodes;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Workflows.Tests.Running;

/// <summary>
/// A reduced copy of the commit: one model, one test project in the solution, free ports. The build output is also copied, so that only the small
/// solution is compiled again. Stand-ins for programs that are not available everywhere come first on its PATH.
/// </summary>
internal sealed class PreparedRepository : IDisposable
{
    public const string Token = "ghs_0123456789abcdef";
    public const string Model = "tumor-diagnosis";

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-runner-").FullName;

    private PreparedRepository() => Directory.CreateDirectory(Temporary);

    public string Root => Path.Combine(_folder, "slipway");

    public string Home => Path.Combine(_folder, "home");

    public string Temporary => Path.Combine(_folder, "temp");

    /// <summary>The commit before the last one, which changed the model.</summary>
    public string Base { get; private set; } = "";

    public static async Task<PreparedRepository> CreateAsync()
    {
        var prepared = new PreparedRepository();
        await Run(Path.GetTempPath(), "git", "clone", "--quiet", Repository.Paths.Root, prepared.Root);
        // files that are changed and not committed yet
        CopyFolder(Path.Combine(Repository.Paths.Root, ".github"), Path.Combine(prepared.Root, ".github"));
        SmallSolution.Make(prepared.Root);
        await prepared.Commit("Make it small");
        prepared.Base = await prepared.Head();
        SmallSolution.ChangeModel(prepared.Root, Model);
        await prepared.Commit("Change the model");
        await prepared.CopyBuilt();
        return prepared;
    }

    /// <summary>The environment variables of a step.</summary>
    public Dictionary<string, string> Variables(JobDefinition job, Given given)
    {
        var payload = Path.Combine(Temporary, $"{Guid.NewGuid():n}.json");
        File.WriteAllText(payload, given.Payload.ToJsonString());
        return new()
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = Root,
            ["GITHUB_JOB"] = job.Id,
            ["GITHUB_ACTOR"] = "somebody",
            ["GITHUB_REPOSITORY"] = "acme/slipway",
            ["GITHUB_SERVER_URL"] = "https://github.example",
            ["GITHUB_API_URL"] = given.Api,
            ["GITHUB_RUN_ID"] = "42",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_EVENT_NAME"] = given.Event,
            ["GITHUB_EVENT_PATH"] = payload,
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_WORKFLOW_REF"] = $"acme/slipway/{job.Workflow.File.Path}@refs/heads/main",
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_TEMP"] = Temporary,
            ["SLIPWAY_HOME"] = Home,
            ["PATH"] = string.Join(Path.PathSeparator, StandIns, Trivy, Environment.GetEnvironmentVariable("PATH")),
            // what configure-aws-credentials would leave
            ["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_REGION"] = "eu-central-1",
            // nothing listens there, and retrying takes seconds
            ["AWS_MAX_ATTEMPTS"] = "1",
        };
    }

    public JsonObject GitHub(Given given) => new()
    {
        ["event_name"] = given.Event,
        ["event"] = given.Payload.DeepClone(),
        ["run_id"] = "42",
        ["run_attempt"] = "1",
        ["ref"] = "refs/heads/main",
        ["repository"] = "acme/slipway",
        ["sha"] = new string('a', 40),
        ["token"] = Token,
        ["actor"] = "somebody",
        ["workspace"] = Root,
    };

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public async Task Commit(string message)
    {
        await Git("add", "--all");
        await Git("commit", "--quiet", "--no-verify", "-m", message);
    }

    public void Dispose() => TestFolder.Remove(_folder);

    private static string StandIns => Path.Combine(Repository.Paths.Root, "tests", "Workflows", "Running", "StandIn");

    private static string Trivy => Path.Combine(Repository.Paths.Root, "tests", "Build", "Images", "Scanning", "StandIn");

    private async Task<string> Head() => (await Git("rev-parse", "HEAD")).Trim();

    private Task<string> Git(params string[] arguments) =>
        Run(Root, "git", ["-c", "user.name=tester", "-c", "user.email=tester@example.invalid", .. arguments]);

    private async Task CopyBuilt()
    {
        var from = Repository.Paths.Root;
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        CopyFolder(Path.Combine(from, "build", "bin", configuration, "net10.0"), Path.Combine(Root, "build", "bin", "Debug", "net10.0"));
        foreach (var service in new[] { "training/Trainer", "inference/Server", "gateway/Proxy" })
        {
            var built = Path.Combine(from, service, "bin", "Release", "net10.0");
            if (!Directory.Exists(built))
                Assert.Ignore($"{service} has not been built in Release, so it cannot be deployed. Build it with: ./build.sh --target=BuildRelease");
            CopyFolder(built, Path.Combine(Root, service, "bin", "Release", "net10.0"));
        }

        CopyFolder(Path.Combine(from, "obj", "workflow-linters"), Path.Combine(Root, "obj", "workflow-linters"));
        File.Copy(Path.Combine(from, "obj", "standins.props"), Path.Combine(Root, "obj", "standins.props"));
        await RecordBuilt();
    }

    // as restored from a cache: build.sh uses the build output, with the packages of the feed or the official ones
    private async Task RecordBuilt()
    {
        var (tools, record) = (Path.Combine(_folder, "no-compiler"), Path.Combine(Root, "obj", "built"));
        Directory.CreateDirectory(tools);
        File.WriteAllText(Path.Combine(tools, "dotnet"), "#!/bin/sh\n");
        await Run(tools, "chmod", "+x", "dotnet");
        var records = "";
        foreach (var packages in new[] { "", "none", "all" })
        {
            await Run(Root, "env", $"PATH={tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}", $"StandIns={packages}", "./build.sh");
            records += File.ReadAllText(record);
        }

        File.WriteAllText(record, records);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{await output}{errors}");
        return await output;
    }
}
