using CsCheck;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.Releases;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Workflows.PullRequests;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Tests.Properties;

namespace Slipway.Build.Tests.Properties;

/// <summary>Files that a build, a workflow, a container registry or a person left.</summary>
public sealed class BuildRecordProperties
{
    private static readonly byte[] Release = """
        {
          "tag": "0.5.0-cccccccccccc", "version": "0.5.0", "source": {"commit": "cccc", "dirty": false}, "createdAt": "2026-11-01T10:00:00+00:00",
          "images": [{"name": "model", "local": "slipway/model:1", "id": "sha256:aa", "content": "bb", "baseImage": "b", "size": 7,
            "scan": {"imageId": "sha256:aa", "passed": true, "verdict": "v", "report": "r", "scanner": "trivy 1", "scannedAt": "2026-11-01T10:00:00+00:00"},
            "pushed": {"repository": "r", "digest": "sha256:dd"}, "builtElsewhere": false}]
        }
        """u8.ToArray();

    private static readonly byte[] Service = """
        {"name": "blue", "processId": 7, "processStartedAt": "2026-11-01T10:00:00+00:00", "release": "r", "log": "l", "replica": "blue-1", "url": null, "privateUrl": null, "stopped": false, "container": null, "image": null}
        """u8.ToArray();

    private static readonly byte[] Event = """
        {"pull_request": {"number": 7, "head": {"repo": {"full_name": "o/r"}}, "base": {"repo": {"full_name": "o/r"}}, "user": {"login": "ann"}}, "sender": {"login": "ann"}}
        """u8.ToArray();

    private static readonly byte[] Manifest = """
        {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [{"mediaType": "m", "digest": "sha256:aa", "size": 7, "platform": {"os": "linux", "architecture": "amd64"}, "annotations": {"a": "b"}}],
         "config": {"mediaType": "c", "digest": "sha256:bb", "size": 2}, "layers": [{"mediaType": "l", "digest": "sha256:cc", "size": 3}], "annotations": {"x": "y"}}
        """u8.ToArray();

    private LocalFolderFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public void OfAReleaseAreReadOrReported()
    {
        var files = new ReleaseFiles(_fixture.Root, "tag");
        Directory.CreateDirectory(files.Folder);
        Property.Holds(EditedJson.Of(Release), 400, json =>
        {
            File.WriteAllBytes(files.At(ReleaseFiles.RecordName), json);
            if (Reported(files.Find, ReleaseFiles.RecordName) is { } record)
                Assert.That(record.Images.Select(image => (image.Name, image.Pushed?.Digest)), Has.None.Matches<(string? Name, string?)>(image => image.Name is null));
        }, Edited.Show);
    }

    [Test]
    public void OfADeployedReleaseAreReadOrReported()
    {
        var stored = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Stores", "0.5.0", "store", "releases", "0.5.0-cccccccccccc.json"));
        Property.Holds(EditedJson.Of(stored), 300, json =>
        {
            var found = new StoredObject(new("releases/x.json", "", json.Length, "", default), new MemoryStream(json));
            if (Reported(() => StoreJson.DeserializeAsync(found, StoredReleaseJson.Default.StoredRelease).GetAwaiter().GetResult(), "releases/x.json") is { } release)
                Assert.That(release.Find("sha256:none"), Is.Null);
        }, Edited.Show);
    }

    [Test]
    public void OfAServiceHaveItsNameAndItsProcess()
    {
        var records = new ServiceRecords(_fixture.Folders);
        Directory.CreateDirectory(_fixture.Folders.Run);
        Property.Holds(EditedJson.Of(Service), 400, json =>
        {
            File.WriteAllBytes(records.PathOf("blue"), json);
            if (records.Find("blue") is { } record)
                Assert.That(new[] { record.Name, record.Release, record.Log }, Has.None.Null);
        }, Edited.Show);
    }

    [Test]
    public void OfAnEventAreReadOrReported() =>
        Property.Holds(EditedJson.Of(Event), 500, json =>
        {
            var path = Path.Combine(_fixture.Root, "event.json");
            File.WriteAllBytes(path, json);
            Assert.That(Reported(() => PullRequestEvent.Read(path), "event.json")?.Number, Is.Null.Or.GreaterThan(0));
        }, Edited.Show);

    [Test]
    public void OfAContainerRegistryAreReadOrReported() =>
        Property.Holds(EditedJson.Of(Manifest), 500, json =>
        {
            if (Reported(() => new RawOciManifest("sha256:00", "m", json).Read("the registry"), "sha256:00") is { } manifest)
                Assert.That((manifest.Manifests ?? []).Concat(manifest.Layers ?? []).Append(manifest.Config), Has.None.Matches<Descriptor?>(one => one is not null && one.Digest is null));
        }, Edited.Show);

    [Test]
    public void OfAGateHaveALineInTheirFile()
    {
        var spec = File.ReadAllBytes(Path.Combine(Repository.Root, "training", "models", "predictive-maintenance", "model.json"));
        Property.Holds(
            Gen.Select(EditedJson.Of(spec), Edited.Text("metric recall", "slice Type=H recall", "champion auc", "data rows", "latency")), 400,
            one => Assert.That(GateLine.Of(one.Item1, one.Item2), Is.Null.Or.InRange(1, one.Item1.Count(value => value == '\n') + 1)), one => $"{one.Item2}: {Edited.Show(one.Item1)}");
    }

    private static T? Reported<T>(Func<T?> read, string named) where T : class
    {
        try
        {
            return read();
        }
        catch (SlipwayException e)
        {
            Assert.That(e.Message, Does.Contain(named).And.Not.Contain("   at "));
            return null;
        }
    }
}
