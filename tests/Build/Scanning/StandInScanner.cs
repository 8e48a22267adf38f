using System.Text.Json.Nodes;
using Cake.Core;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Slipway.Build.Tests;

/// <summary>A packaged release in a folder of its own, and the stand-in for Trivy, which finds in its images what a test says.</summary>
internal sealed class StandInScanner : IDisposable
{
    private readonly LocalFolderFixture _folder = new();
    private readonly JsonObject _images = [];
    private readonly JsonObject _instructions = [];

    public StandInScanner()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The stand-in for Trivy is a script for Python 3, which Windows does not start by its name.");
        // what somebody may have set to see less; the stand-in fails where it comes through to it
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
    public void Scan()
    {
        _instructions["images"] = _images.DeepClone();
        var instructions = Path.Combine(_folder.Root, "instructions.json");
        File.WriteAllText(instructions, _instructions.ToJsonString());
        var program = Path.Combine(Repository.Root, "tests", "Build", "Scanning", "StandIn", "trivy");
        var trivy = new TrivyTool(new Instructed(instructions), Files.Folder, TimeProvider.System, default, program);
        new ImageScanning(trivy, () => Audit, Policy, Files, new PlainReport(Output, new Outcome(), TimeProvider.System), TimeProvider.System).Scan();
    }

    public string Text(string file) => File.ReadAllText(Files.At(file));

    public void Dispose()
    {
        Output.Dispose();
        _folder.Dispose();
    }

    // the variable goes to the process alone: tests run beside each other
    private sealed class Instructed(string instructions) : CakeContextAdapter(new StartingCakeContext()), IProcessRunner
    {
        private readonly IProcessRunner _inner = new StartingCakeContext().ProcessRunner;

        public override IProcessRunner ProcessRunner => this;

        public IProcess Start(FilePath filePath, ProcessSettings settings)
        {
            settings.EnvironmentVariables = new Dictionary<string, string?>(settings.EnvironmentVariables) { ["STANDIN_TRIVY"] = instructions };
            return _inner.Start(filePath, settings);
        }
    }
}
