using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Pushing;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Supply;
using Slipway.Containers.Tests.TestSystems;

namespace Slipway.Containers.Tests.Pushing;

/// <summary>A packaged release with a separate record, and the steps of ScanImages and PushImages.</summary>
internal sealed class PackagedRelease : IImageEngine, IDisposable
{
    private static readonly Paths Root = Paths.Find(AppContext.BaseDirectory, AppContext.BaseDirectory);

    private readonly DockerEngine _engine = new(TestSystem.Docker);
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(TestSystem.Folder, $"release-{Guid.NewGuid():n}")).FullName;
    private readonly PlainReport _report;

    public PackagedRelease(ReleaseRecord release)
    {
        Files = new(_folder, release.Tag);
        Files.Save(release);
        _report = new(Output, new Outcome(), TimeProvider.System);
    }

    public ReleaseFiles Files { get; }

    public StringWriter Output { get; } = new();

    /// <summary>The pushes that were requested from the engine.</summary>
    public List<string> Pushes { get; } = [];

    /// <summary>The configuration folders of the Docker client for pushes, and their contents at that time.</summary>
    public Dictionary<string, string> Configurations { get; } = [];

    public IEnumerable<string> Leftovers => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories);

    public PackagedRelease Scan()
    {
        var trivy = Root.FromRoot("tests/Build/Images/Scanning/StandIn/trivy");
        new ImageScanning(
            new(new(TestSystem.Cake, Files.Folder, TimeProvider.System, CancellationToken.None, trivy), AirGapped(), Files, _report, TimeProvider.System),
            () => NuGetAudit.Unanswered(["https://feed.example"], "https://feed.example has no vulnerability data."), Files, _report, TimeProvider.System).Scan();
        return this;
    }

    public Task<ReleaseRecord> PushAsync(RegistryHost host, string? user = null, string? password = null)
    {
        var variables = new Dictionary<string, string?> { [EnvironmentVariables.RegistryUser] = user, [EnvironmentVariables.RegistryPassword] = password };
        var docker = new DockerClientConfiguration(Path.Combine(_folder, "docker"), new(TimeProvider.System));
        return new ImagePush(
            Files, new(Files, (release, image) => ImageProvenance.Of(release, image, new(BuildInvocation.Workstation, null, null))), this,
            new(new UserCredentials(variables.GetValueOrDefault, docker), docker), _report, TimeProvider.System)
            .RunAsync(ImageDestination.In(host), CancellationToken.None);
    }

    public string? FindId(string reference) => _engine.FindId(reference);

    public string Push(string local, string reference, string? configuration, Action<string> now)
    {
        Pushes.Add(reference);
        if (configuration is not null)
            Configurations.Add(configuration, File.ReadAllText(Path.Combine(configuration, "config.json")));
        return _engine.Push(local, reference, configuration, now);
    }

    public void Dispose()
    {
        foreach (var reference in Pushes)
            TestSystem.Docker.RemoveImage(reference);
        Output.Dispose();
    }

    // as a team behind a feed without data would have it
    private ScanPolicy AirGapped()
    {
        var file = Path.Combine(_folder, "scan-policy.json");
        var ours = File.ReadAllText(Root.FromRoot(Paths.ScanPolicy));
        File.WriteAllText(file, ours.Replace("\"noData\": \"fail\"", "\"noData\": \"warn\"", StringComparison.Ordinal));
        return ScanPolicyReader.Read(file) with { File = file };
    }
}
