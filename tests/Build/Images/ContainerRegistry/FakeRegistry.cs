using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry;

namespace Slipway.Build.Tests.Images.ContainerRegistry;

/// <summary>A container registry on loopback with the part of the OCI distribution API that is in use: authentication, contents and errors.</summary>
internal sealed class FakeRegistry : FakeServer
{
    public const string User = "ann";
    public const string Password = "open sesame";

    private readonly List<HttpListenerContext> _waiting = [];

    public RegistryHost Host => new(Authority);

    /// <summary>Blobs and manifests by repository and digest, manifests also by repository and tag: <c>slipway/model:1.0</c>.</summary>
    public ConcurrentDictionary<string, RawOciManifest> Manifests { get; } = new();

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>The requests, in order: <c>GET /v2/slipway/model/manifests/1.0</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The header <c>WWW-Authenticate</c> if authentication is required: <c>Basic</c>, or Bearer with its realm.</summary>
    public string? Challenge { get; set; }

    public bool ImmutableTags { get; set; }

    public bool ListsReferrers { get; set; } = true;

    /// <summary>Issues tokens for the password.</summary>
    public string Bearer => $"Bearer realm=\"http://{Host}/token\",service=\"the registry\",scope=\"repository:x:pull\"";

    public IEnumerable<string> Writes => Requests.Where(request => request.StartsWith("PUT", StringComparison.Ordinal) || request.StartsWith("POST", StringComparison.Ordinal));

    /// <summary>Puts an image there as an engine would.</summary>
    public RawOciManifest Add(string repository, string tag, byte[] configuration)
    {
        var layer = Encoding.UTF8.GetBytes("a layer");
        Blobs[$"{repository}@{Descriptor.DigestOf(configuration)}"] = configuration;
        Blobs[$"{repository}@{Descriptor.DigestOf(layer)}"] = layer;
        var content = new OciManifest(
            2, MediaTypes.DockerManifest, null, Descriptor.Of(configuration, "application/vnd.docker.container.image.v1+json"),
            [Descriptor.Of(layer, "application/vnd.docker.image.rootfs.diff.tar.gzip")]).ToBytes();
        return Put(repository, tag, new(Descriptor.DigestOf(content), MediaTypes.DockerManifest, content));
    }

    public RawOciManifest Put(string repository, string tag, RawOciManifest manifest)
    {
        Manifests[$"{repository}@{manifest.Digest}"] = manifest;
        return Manifests[$"{repository}:{tag}"] = manifest;
    }

    protected override async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        Requests.Enqueue($"{context.Request.HttpMethod} {path}");
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var answer = Fault(context.Request) ?? (path == "/token" ? Token(context.Request) : Let(context.Request) ?? Api(context.Request, path, body.ToArray()));
        if (answer.Never)
        {
            _waiting.Add(context); // nothing else would keep the connection from being collected
            return;
        }

        try
        {
            await SendAsync(context, answer);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // the client has disconnected
        }
    }

    private FakeAnswer? Let(HttpListenerRequest request)
    {
        var expected = Challenge is null ? null : Challenge.StartsWith("Basic", StringComparison.Ordinal) ? $"Basic {Right}" : "Bearer a-token";
        return expected is null || request.Headers["Authorization"] == expected
            ? null
            : FakeAnswer.Error(401, "UNAUTHORIZED", "authentication required") with { Headers = new() { ["WWW-Authenticate"] = Challenge! } };
    }

    private static string Right => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    private static FakeAnswer Token(HttpListenerRequest request) => request.Headers["Authorization"] != $"Basic {Right}"
        ? FakeAnswer.Error(401, "UNAUTHORIZED", "incorrect username or password")
        : new(200, JsonSerializer.SerializeToUtf8Bytes(new { token = "a-token", scope = request.QueryString["scope"], service = request.QueryString["service"] }));

    private FakeAnswer Api(HttpListenerRequest request, string path, byte[] body)
    {
        var parts = path["/v2/".Length..].Split('/');
        var (name, kind, reference) = (string.Join('/', parts[..^2]), parts[^2], parts[^1]);
        return (request.HttpMethod, kind) switch
        {
            ("POST", "blobs") or ("POST", "uploads") => new(202, []) { Headers = new() { ["Location"] = $"/v2/{name[..^"/blobs".Length]}/uploads/1?state=begun" } },
            ("PUT", "uploads") => PutBlob(name, request.QueryString["digest"]!, request.QueryString["state"], body),
            (_, "blobs") => Blobs.TryGetValue($"{name}@{reference}", out var blob) ? new(200, blob) : FakeAnswer.Error(404, "BLOB_UNKNOWN", "blob unknown to registry"),
            ("PUT", "manifests") => PutManifest(name, reference, request.ContentType!, body),
            (_, "manifests") => Manifests.TryGetValue(Key(name, reference), out var found)
                ? new(200, found.Content) { Type = found.MediaType, Headers = new() { ["Docker-Content-Digest"] = found.Digest } }
                : FakeAnswer.Error(404, "MANIFEST_UNKNOWN", "manifest unknown"),
            ("GET", "referrers") when ListsReferrers => Referrers(name, reference),
            _ => new(404, Encoding.UTF8.GetBytes("404 page not found")) { Type = "text/plain" },
        };
    }

    private FakeAnswer PutBlob(string repository, string digest, string? state, byte[] body)
    {
        if (state != "begun")
            return FakeAnswer.Error(400, "BLOB_UPLOAD_INVALID", "the address of an upload is to be kept as it was given");
        if (Descriptor.DigestOf(body) != digest)
            return FakeAnswer.Error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        Blobs[$"{repository}@{digest}"] = body;
        return new(201, []);
    }

    private FakeAnswer PutManifest(string repository, string reference, string type, byte[] body)
    {
        var manifest = new RawOciManifest(Descriptor.DigestOf(body), type, body);
        var read = manifest.Read("the request");
        if (ImmutableTags && Manifests.TryGetValue(Key(repository, reference), out var there) && there.Digest != manifest.Digest)
            return FakeAnswer.Error(400, "TAG_INVALID", $"The image tag '{reference}' already exists and cannot be overwritten because the tag is immutable.");
        foreach (var blob in (read.Layers ?? []).Append(read.Config).OfType<Descriptor>())
            if (!Blobs.TryGetValue($"{repository}@{blob.Digest}", out var content) || content.Length != blob.Size)
                return FakeAnswer.Error(400, "MANIFEST_BLOB_UNKNOWN", $"blob unknown to registry: {blob.Digest}");
        foreach (var part in read.Manifests ?? [])
            if (!Manifests.ContainsKey($"{repository}@{part.Digest}"))
                return FakeAnswer.Error(400, "MANIFEST_UNKNOWN", $"manifest unknown: {part.Digest}");
        Put(repository, reference, manifest);
        return new(201, []) { Headers = new() { ["Docker-Content-Digest"] = manifest.Digest } };
    }

    private FakeAnswer Referrers(string repository, string digest)
    {
        var about = Manifests.Where(one => one.Key.StartsWith($"{repository}@", StringComparison.Ordinal))
            .Select(one => (one.Value, Read: one.Value.Read("the fake")))
            .Where(one => one.Read.Subject?.Digest == digest)
            .Select(one => one.Value.Descriptor with { ArtifactType = one.Read.ArtifactType });
        return new(200, new OciManifest(2, MediaTypes.OciIndex, Manifests: [.. about]).ToBytes()) { Type = MediaTypes.OciIndex };
    }

    private static string Key(string repository, string reference) => reference.Contains(':') ? $"{repository}@{reference}" : $"{repository}:{reference}";
}
