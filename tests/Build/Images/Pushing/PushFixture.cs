using System.Text;
using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Packaging;
using Slipway.Build.Images.Pushing;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Build.Tests.Images.ContainerRegistry;

namespace Slipway.Build.Tests.Images.Pushing;

/// <summary>A release that was packaged and scanned, an engine that holds it, and a registry to push it to.</summary>
internal sealed class PushFixture : IAsyncDisposable, IImageEngine
{
    public const string Tag = "1.2.3-0123456789ab";

    private readonly string _root = Directory.CreateTempSubdirectory("slipway-push-").FullName;
    private readonly List<FakeRegistry> _registries = [];

    public PushFixture()
    {
        Files = new(_root, Tag);
        foreach (var name in ImageName.All)
            Images[$"slipway/{name}:{Tag}"] = Configuration($"content of {name}");
        Files.Save(new(Tag, "1.2.3", new(RegisteredModel.Commit, Dirty: false), DateTimeOffset.UnixEpoch, [.. ImageName.All.Select(Packaged)]));
        foreach (var name in ImageName.All)
            File.WriteAllText(Files.At($"{name}.cdx.json"), $"{{\"bomFormat\":\"CycloneDX\",\"of\":\"{name}\"}}");
    }

    public FakeRegistry Registry { get; } = new();

    public ReleaseFiles Files { get; }

    public StringWriter Output { get; } = new() { NewLine = "\n" };

    /// <summary>The configurations of the images that the engine holds.</summary>
    public Dictionary<string, byte[]> Images { get; } = [];

    /// <summary>What was pushed, in order.</summary>
    public List<string> Pushes { get; } = [];

    /// <summary>What the client of the engine was given for each push; null for the person's own.</summary>
    public List<string?> Configurations { get; } = [];

    public RegistryCredentials? Credentials { get; set; }

    /// <summary>Comes between the engine and the registry.</summary>
    public Func<string, string> OnPush { get; set; } = digest => digest;

    public static byte[] Configuration(string content) =>
        JsonSerializer.SerializeToUtf8Bytes(new { config = new { Labels = new Dictionary<string, string> { [ImagePackaging.ContentLabel] = content } } });

    public Task<ReleaseRecord> PushAsync() => PushAsync(Registry);

    /// <param name="registry">Where to, if not to the one of this fixture.</param>
    public Task<ReleaseRecord> PushAsync(FakeRegistry registry)
    {
        _registries.Add(registry);
        return new ImagePush(
        Files, new(Files, (_, image) => Encoding.UTF8.GetBytes($"{{\"about\":\"{image.Pushed!.Digest}\"}}")), this,
        new(new Source(Credentials), new(_root, new(TimeProvider.System))), new PlainReport(Output, new Outcome(), TimeProvider.System), TimeProvider.System)
        .RunAsync(ImageDestination.In(registry.Host), default);
    }

    public RawOciManifest InRegistry(string name) => Registry.Manifests[$"slipway/{name}:{Tag}"];

    public void Change(string name, Func<ReleaseImage, ReleaseImage> change)
    {
        var release = Files.Read();
        Files.Save(release.With(change(release[name])));
    }

    public string? FindId(string reference) => Images.TryGetValue(reference, out var configuration) ? Descriptor.DigestOf(configuration) : null;

    public string Push(string local, string reference, string? configuration, Action<string> now)
    {
        Pushes.Add(reference);
        Configurations.Add(configuration is null ? null : File.ReadAllText(Path.Combine(configuration, "config.json")));
        LastFolder = configuration;
        var at = reference.IndexOf('/') + 1;
        var registry = _registries.Find(one => reference.StartsWith($"{one.Host}/", StringComparison.Ordinal))!;
        return OnPush(registry.Add(reference[at..^(Tag.Length + 1)], Tag, Images[local]).Digest);
    }

    public string? LastFolder { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        await Output.DisposeAsync();
        TestFolder.Remove(_root);
    }

    private ReleaseImage Packaged(string name)
    {
        var (local, id) = ($"slipway/{name}:{Tag}", Descriptor.DigestOf(Images[$"slipway/{name}:{Tag}"]));
        return new(name, local, id, $"content of {name}", "base", 1, new(id, Passed: true, "Nothing was found.", "report", "a scanner", DateTimeOffset.UnixEpoch));
    }

    private sealed class Source(RegistryCredentials? credentials) : IRegistryCredentialSource
    {
        public Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation) => Task.FromResult(credentials);
    }
}
