using System.Text;
using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.ContainerRegistry;

public sealed class RegistryClientTests
{
    private static readonly byte[] Configuration = Encoding.UTF8.GetBytes("{\"config\":{\"Labels\":{\"a\":\"b\"}}}");
    private static readonly RegistryCredentials Right = new(FakeRegistry.User, FakeRegistry.Password, "the test");

    private FakeRegistry _registry = null!;
    private FakeTimeProvider _time = null!;

    [SetUp]
    public void Start() => (_registry, _time) = (new(), new(DateTimeOffset.UnixEpoch));

    [TearDown]
    public async Task Stop() => await _registry.DisposeAsync();

    [Test]
    public async Task ReadsAManifestByTagAndByDigest()
    {
        var put = _registry.Add("slipway/model", "1.0", Configuration);
        using var client = Client();

        var byTag = await client.FindManifestAsync("1.0", default);
        Assert.That(byTag, Is.EqualTo(put).Using<RawOciManifest>((one, other) => one.Digest == other.Digest && one.MediaType == other.MediaType && one.Content.SequenceEqual(other.Content)));
        Assert.That((await client.FindManifestAsync(put.Digest, default))!.Digest, Is.EqualTo(put.Digest));
        Assert.That(await client.ReadBlobAsync(byTag!.Read("x").Config!.Digest, default), Is.EqualTo(Configuration));
    }

    [Test]
    public async Task MissingTagHasNoDigest()
    {
        using var client = Client();
        Assert.That(await client.FindManifestAsync("1.0", default), Is.Null);
    }

    [Test]
    public void ManifestWithOtherBytesThanItsDigestIsRefused()
    {
        var put = _registry.Add("slipway/model", "1.0", Configuration);
        _registry.Manifests[$"slipway/model@{put.Digest}"] = put with { Content = [.. put.Content, (byte)' '] };
        _registry.Manifests["slipway/model:1.0"] = put with { Content = [.. put.Content, (byte)' '] };
        using var client = Client();

        Assert.That(() => client.FindManifestAsync(put.Digest, default), Says("it was modified in transit, or the registry is corrupted"));
        Assert.That(() => client.FindManifestAsync("1.0", default), Says("it was modified in transit, or the registry is corrupted"), "the registry's own header says another digest");
    }

    [Test]
    public void BlobWithOtherBytesThanItsDigestIsRefused()
    {
        var digest = Descriptor.DigestOf(Configuration);
        _registry.Blobs[$"slipway/model@{digest}"] = "something else"u8.ToArray();
        using var client = Client();

        Assert.That(() => client.ReadBlobAsync(digest, default), Says("does not match its digest"));
    }

    [Test]
    public void ManifestWithoutEndIsRefused()
    {
        _registry.Fault = _ => new(200, new byte[5 * 1024 * 1024]);
        using var client = Client();

        Assert.That(() => client.FindManifestAsync("1.0", default), Says("is larger than 4194304 bytes"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ShowsWhoAsksOnceItIsAsked(bool bearer)
    {
        _registry.Challenge = bearer ? _registry.Bearer : "Basic realm=\"here\"";
        var put = _registry.Add("slipway/model", "1.0", Configuration);
        using var client = Client(Right);

        Assert.That((await client.FindManifestAsync("1.0", default))!.Digest, Is.EqualTo(put.Digest));
        Assert.That((await client.FindManifestAsync("1.0", default))!.Digest, Is.EqualTo(put.Digest));
        Assert.That(_registry.Requests, Has.Count.EqualTo(bearer ? 4 : 3), "it is requested once and then reused");
    }

    [Test]
    public async Task AsksForATokenToPullAndToPush()
    {
        var scope = "";
        _registry.Challenge = _registry.Bearer;
        _registry.Fault = request =>
        {
            scope = request.Url!.AbsolutePath == "/token" ? Uri.UnescapeDataString(request.Url.Query) : scope;
            return null;
        };
        using var client = Client(Right);
        await client.FindManifestAsync("1.0", default);

        Assert.That(scope, Is.EqualTo("?service=the registry&scope=repository:slipway/model:pull,push"));
    }

    [Test]
    public void CredentialsAreNotSentToAPlaceWithoutEncryption()
    {
        _registry.Challenge = "Bearer realm=\"http://tokens.example.com/\",service=\"x\"";
        using var client = Client(Right);

        Assert.That(() => client.FindManifestAsync("1.0", default), Says("credentials are sent over https only"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void WrongCredentialsAreNamedByTheirSourceAlone(bool bearer)
    {
        _registry.Challenge = bearer ? _registry.Bearer : "Basic realm=\"here\"";
        using var client = Client(Right with { Password = "wrong-and-secret" });

        Assert.That(() => client.FindManifestAsync("1.0", default),
            Says($"{_registry.Host} denies 'ann' (credentials from the test) access").And.Message.Not.Contains("wrong-and-secret"));
    }

    [Test]
    public void CredentialsThatHaveExpiredSayWhen()
    {
        _registry.Challenge = "Basic realm=\"here\"";
        using var client = Client(Right with { Password = "old", ExpireAt = _time.GetUtcNow().AddHours(12) });

        Assert.That(() => client.FindManifestAsync("1.0", default), Says("denies 'ann'"));
        _time.Advance(TimeSpan.FromHours(12));
        Assert.That(() => client.FindManifestAsync("1.0", default), Says("have expired at 1970-01-01 12:00:00Z. Run this again"));
    }

    [Test]
    public void MissingCredentialsSayHowToGiveThem()
    {
        _registry.Challenge = "Basic realm=\"here\"";
        using var client = Client();

        Assert.That(() => client.FindManifestAsync("1.0", default), Says("Export SLIPWAY_RegistryUser and SLIPWAY_RegistryPassword").And.Message.Contains($"docker login {_registry.Host}"));
    }

    [Test]
    public async Task RegistryThatIsAwayIsNamed()
    {
        using var client = Client();
        await _registry.DisposeAsync();

        Assert.That(() => client.FindManifestAsync("1.0", default), Says($"{_registry.Host} does not respond").And.Message.Contains("Start a registry there"));
    }

    [Test]
    public async Task RegistryThatKeepsSilentIsGivenUp()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registry.Fault = _ =>
        {
            asked.SetResult();
            return new(200, []) { Never = true };
        };
        using var client = Client();
        var asking = client.FindManifestAsync("1.0", default);
        await asked.Task;
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(() => asking, Says("within 120 s"));
    }

    [TestCase(413, "DENIED", "too much", "could not store it (status 413)")]
    [TestCase(500, "UNKNOWN", "no space left on device", "its disk may be full")]
    [TestCase(507, "UNKNOWN", "quota used up", "could not store it (status 507)")]
    [TestCase(429, "TOOMANYREQUESTS", "slow down", "received too many requests. Run this again in 7 seconds")]
    [TestCase(404, "NAME_UNKNOWN", "no such repository", "has no repository 'slipway/model'")]
    [TestCase(400, "TAG_INVALID", "the tag is immutable", "if tags are immutable, the tag already refers to something else")]
    [TestCase(502, "UNKNOWN", "bad gateway", "returned status 502")]
    public void RefusalHoldsTheRegistrysOwnWords(int status, string code, string words, string expected)
    {
        _registry.Fault = request => request.HttpMethod == "PUT" ? FakeAnswer.Error(status, code, words) with { Headers = new() { ["Retry-After"] = "7" } } : null;
        using var client = Client();

        Assert.That(() => client.PutManifestAsync("1.0", "{}"u8.ToArray(), MediaTypes.OciIndex, default), Says(expected).And.Message.Contains($"Its response: {code}: {words}"));
    }

    [Test]
    public void WordsOfAProxyAreShownOnOneLineAndNotForEver()
    {
        _registry.Fault = _ => new(503, Encoding.UTF8.GetBytes($"<html>\u001b[2Jno\r\nbackend {new string('x', 5000)}"));
        using var client = Client();

        Assert.That(() => client.FindManifestAsync("1.0", default), Says("Its response: <html> [2Jno backend xxx").And.Message.Length.LessThan(1000));
    }

    [Test]
    public async Task BlobThatIsThereIsNotSentAgain()
    {
        using var client = Client();
        await client.PutBlobAsync(Configuration, default);
        Assert.That(_registry.Blobs.Keys, Is.EqualTo(new[] { $"slipway/model@{Descriptor.DigestOf(Configuration)}" }));
        var writes = _registry.Writes.Count();

        await client.PutBlobAsync(Configuration, default);
        Assert.That(_registry.Writes.Count(), Is.EqualTo(writes));
    }

    private RegistryClient Client(RegistryCredentials? credentials = null) => new(new(_registry.Host, "slipway/model"), credentials, _time);

    private static NUnit.Framework.Constraints.ContainsConstraint Says(string text) =>
        Throws.TypeOf<SlipwayException>().With.Message.Contains(text);
}
