using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images;
using Slipway.Build.Images.Docker;
using Slipway.Build.Images.Packaging;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tests.Tools;
using Slipway.Build.Tools;
using Slipway.Containers.Tests.Engine;

namespace Slipway.Containers.Tests.TestSystems;

/// <summary>Once for all tests: an engine, base images, both images of this tree, and a store with a first version that a container trained.</summary>
public static class TestSystem
{
    public const string Model = "predictive-maintenance";

    private static readonly BaseImages Bases = new(StandInBases.Runtime, StandInBases.Libraries);
    private static readonly ImageTag Tag = new("0.0.0", new("containertests", Dirty: false));

    /// <summary>Starts what it is asked to.</summary>
    internal static StartingCakeContext Cake { get; } = new(new RecordingCakeContext { HasRealTools = true });

    private static ContainerEngine? _engine;

    public static string Folder { get; } = Directory.CreateTempSubdirectory("slipway-containers-").FullName;

    public static DockerTool Docker { get; } = new(Cake);

    public static ReleaseRecord Release { get; private set; } = null!;

    public static string ModelImage => Release[ImageName.Model].Local;

    internal static TrainedStore Store { get; private set; } = null!;

    public static async Task<ReleaseRecord> PackageAsync()
    {
        var paths = Paths.Find(AppContext.BaseDirectory, AppContext.BaseDirectory);
        var dotnet = new DotNetTool(Cake);
        var files = new ReleaseFiles(Path.Combine(Folder, "images"), Tag.ToString());
        return await new ImagePackaging(paths.Root, dotnet, Docker, Bases, files, TimeProvider.System)
            .PackageAsync(Tag, new PlainReport(TestContext.Progress, new Outcome(), TimeProvider.System));
    }

    public static async Task StartAsync()
    {
        _engine = await ContainerEngine.StartAsync(Docker, Folder);
        // containers run as a user that is not this one
        File.SetUnixFileMode(Folder, (UnixFileMode)0x1FF); // 0777
        await StandInBases.BuildAsync(Folder);
        ContainerEngine.RequireContainers(Docker, Container.Restricted(StandInBases.Libraries, "true") with { TimeLimit = TimeSpan.FromMinutes(2) });
        Release = await PackageAsync();
        Store = await TrainedStore.CreateAsync(Path.Combine(Folder, "store"));
    }

    public static async Task StopAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        TestFolder.Remove(Folder);
    }
}
