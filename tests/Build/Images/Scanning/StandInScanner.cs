using System.Text.Json.Nodes;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Tools;
using Path = System.IO.Path;

namespace Slipway.Build.Tests.Images.Scanning;

/// <summary>A packaged release in a separate folder, and the stand-in for Trivy, which finds what the test defines.</summary>
internal sealed class StandInScanner : IDisposable
{
    private readonly LocalFolderFixture _folder = new();
    private readonly JsonObject _images = [];
    private readonly JsonObject _instructions = [];

    public StandInScanner()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The stand-in for Trivy is a script for Python 3, which Windows does not start by its name.");
        if (!Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), folder => File.Exists(Path.Combine(folder, "python3"))))
            Assert.Ignore("The stand-in for Trivy is a script for Python 3, and there is no python3 on the PATH. Get it with: apt-get install python3");
        // settings that suppress findings; the stand-in fails if it gets them
        Environment.SetEnvironmentVariable("TRIVY_SEVERITY", "CRITICAL");
        Files = new(_folder.Root, "1.0.0-abc");
        Files.Save(new("1.0.0-abc", "1.0.0", new(new string('a', 40), Dirty: false), ScanFixture.Now, [ScanFixture.Model, ScanFixture.Gateway]));
        Finds(ScanFixture.Model.Local);
        Finds(ScanFixture.Gateway.Local);
    }

    public ReleaseFiles Files { get; }

    public StringWriter Output { get; } = new();

    public ScanPolicy Policy { get; set; } = ScanFixture.Policy;

    public NuGetAudit Audit { get; set; } = new(26, ["https://feed.example"], [], []);

    /// <param name="member">Of the report, in place of a clean one's.</param>
    public void Finds(string image, string member = "Metadata", JsonNode? value = null) =>
        _images[image] = new JsonObject { ["Metadata"] = ScanFixture.Clean()["Metadata"]!.DeepClone(), [member] = value ?? ScanFixture.Clean()["Metadata"]!.DeepClone() };

    public void FindsVulnerability(string image, string severity) =>
        Finds(image, "Results", ScanFixture.Clean("Slipway.Inference", "Slipway.Trainer", "Slipway.Gateway").With("Vulnerabilities", ScanFixture.Vulnerability(severity))["Results"]!.DeepClone());

    public void Fails(string text) => _instructions["fail"] = text;

    /// <summary>With the clock of this machine, as the script has.</summary>
    public void Scan() => new ImageScanning(Scanner(Files), () => Audit, Files, Report, TimeProvider.System).Scan();

    /// <summary>The same for the images that an environment is running.</summary>
    public Task ScanAsync(SlipwayEnvironment environment, RegistryLogin login, WorkflowJob job)
    {
        Live = new(_folder.Root, LiveScanning.FolderOf(environment.Name));
        return new LiveScanning(Scanner(Live), login, Report, job).ScanAsync(environment, default);
    }

    /// <summary>The folder for running images.</summary>
    public ReleaseFiles Live { get; private set; } = null!;

    /// <summary>What the scanner was started with.</summary>
    public List<string> Started { get; } = [];

    /// <summary>The docker client's configuration that it had; null for the person's own.</summary>
    public List<string?> Configurations { get; } = [];

    private PlainReport Report => new(Output, new Outcome(), TimeProvider.System);

    private ImageScanner Scanner(ReleaseFiles files)
    {
        _instructions["images"] = _images.DeepClone();
        var instructions = Path.Combine(_folder.Root, "instructions.json");
        File.WriteAllText(instructions, _instructions.ToJsonString());
        var program = Path.Combine(Repository.Root, "tests", "Build", "Images", "Scanning", "StandIn", "trivy");
        return new(new(new Instructed(instructions, this), files.Folder, TimeProvider.System, default, program), Policy, files, Report, TimeProvider.System);
    }

    public string Text(string file) => File.ReadAllText(Files.At(file));

    public void Dispose()
    {
        Output.Dispose();
        _folder.Dispose();
    }

    // the variable is set only for the process, because tests run in parallel
    private sealed class Instructed(string instructions, StandInScanner owner) : CakeContextAdapter(new StartingCakeContext()), IProcessRunner
    {
        private readonly IProcessRunner _inner = new StartingCakeContext().ProcessRunner;

        public override IProcessRunner ProcessRunner => this;

        public IProcess Start(FilePath filePath, ProcessSettings settings)
        {
            owner.Started.Add(settings.Arguments.Render());
            if (settings.EnvironmentVariables.TryGetValue("DOCKER_CONFIG", out var folder))
                owner.Configurations.Add(File.ReadAllText(Path.Combine(folder!, "config.json")));
            settings.EnvironmentVariables = new Dictionary<string, string?>(settings.EnvironmentVariables) { ["STANDIN_TRIVY"] = instructions };
            return _inner.Start(filePath, settings);
        }
    }
}
