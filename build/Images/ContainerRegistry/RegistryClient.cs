using System.Net;
using System.Net.Http.Headers;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>One repository of a container registry, over the OCI distribution API. Everything that has a digest is verified against it.</summary>
public sealed class RegistryClient(RegistryRepository repository, RegistrySession session) : IDisposable
{
    private const int MaxManifestBytes = 4 * 1024 * 1024; // the limit that the specification requires registries to support
    private const int MaxBlobBytes = 8 * 1024 * 1024;

    public RegistryClient(RegistryRepository repository, RegistryCredentials? credentials, TimeProvider time)
        : this(repository, new RegistrySession(repository, credentials, time))
    {
    }

    public RegistryRepository Repository => repository;

    public void Dispose() => session.Dispose();

    /// <param name="reference">A tag or a digest.</param>
    /// <returns>Null if it does not exist.</returns>
    public Task<RawOciManifest?> FindManifestAsync(string reference, CancellationToken cancellation)
    {
        var what = $"read the manifest {Named(reference)}";
        return session.SendAsync<RawOciManifest?>(what, () => Accepting(At($"manifests/{reference}"), MediaTypes.Manifests), async (answer, token) =>
        {
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return null;
            await RequireAsync(answer, what, token);
            var content = await BoundedBody.ReadAsync(answer.Content, MaxManifestBytes, $"The manifest {Named(reference)}", token);
            var digest = Descriptor.DigestOf(content);
            if (IsDigest(reference) && digest != reference || Header(answer, "Docker-Content-Digest") is { } said && said != digest)
                throw new SlipwayException($"The manifest {Named(reference)} from {repository.Host} has the digest {digest}: it was modified in transit, or the registry is corrupted.");
            return new(digest, answer.Content.Headers.ContentType?.MediaType ?? MediaTypes.OciManifest, content);
        }, cancellation);
    }

    /// <summary>A small blob, such as the configuration of an image.</summary>
    /// <exception cref="SlipwayException">It does not exist, or has different content.</exception>
    public Task<byte[]> ReadBlobAsync(string digest, CancellationToken cancellation)
    {
        var what = $"read {digest} from {repository}";
        return session.SendAsync(what, () => new(HttpMethod.Get, At($"blobs/{digest}")), async (answer, token) =>
        {
            await RequireAsync(answer, what, token);
            var content = await BoundedBody.ReadAsync(answer.Content, MaxBlobBytes, $"The configuration {digest}", token);
            return Descriptor.DigestOf(content) == digest
                ? content
                : throw new SlipwayException($"The content of {digest} from {repository} does not match its digest: it was modified in transit, or the registry is corrupted.");
        }, cancellation);
    }

    /// <summary>Uploads a blob unless it exists.</summary>
    public async Task PutBlobAsync(byte[] content, CancellationToken cancellation)
    {
        var digest = Descriptor.DigestOf(content);
        var what = $"upload {digest} to {repository}";
        if (await session.SendAsync(what, () => new(HttpMethod.Head, At($"blobs/{digest}")), (answer, _) => Task.FromResult(answer.IsSuccessStatusCode), cancellation))
            return;

        var place = await session.SendAsync(what, () => new(HttpMethod.Post, At("blobs/uploads/")), async (answer, token) =>
        {
            await RequireAsync(answer, what, token);
            return answer.Headers.Location ?? throw new SlipwayException($"Could not {what}: {repository.Host} returned no upload location.");
        }, cancellation);
        var upload = new UriBuilder(new Uri(repository.Host.Address, place));
        upload.Query = $"{upload.Query.TrimStart('?')}&digest={Uri.EscapeDataString(digest)}".TrimStart('&');
        // a registry behind a proxy may not be aware that the client uses https
        if (upload.Host == repository.Host.Address.Host)
            (upload.Scheme, upload.Port) = (repository.Host.Address.Scheme, repository.Host.Address.Port);
        await session.SendAsync(what, () => new(HttpMethod.Put, upload.Uri) { Content = Body(content, "application/octet-stream") }, Required(what), cancellation);
    }

    /// <returns>Its digest, as the registry returned it.</returns>
    /// <exception cref="SlipwayException">The registry rejects it, or returns another digest.</exception>
    public async Task<Descriptor> PutManifestAsync(string reference, byte[] content, string mediaType, CancellationToken cancellation)
    {
        var what = $"push the manifest {Named(reference)}";
        var put = Descriptor.Of(content, mediaType);
        return await session.SendAsync(what, () => new(HttpMethod.Put, At($"manifests/{reference}")) { Content = Body(content, mediaType) }, async (answer, token) =>
        {
            await RequireAsync(answer, what, token);
            return Header(answer, "Docker-Content-Digest") is { } said && said != put.Digest
                ? throw new SlipwayException($"{repository.Host} reports the digest {said} for the manifest {Named(reference)}, but it is {put.Digest}.")
                : put;
        }, cancellation);
    }

    /// <summary>What is attached to a digest, according to the registry's referrers API.</summary>
    /// <returns>Null if the registry does not support that API.</returns>
    public Task<IReadOnlyList<Descriptor>?> FindReferrersAsync(string digest, CancellationToken cancellation)
    {
        var what = $"read what is attached to {Named(digest)}";
        return session.SendAsync<IReadOnlyList<Descriptor>?>(what, () => Accepting(At($"referrers/{digest}"), [MediaTypes.OciIndex]), async (answer, token) =>
        {
            // registries without this API respond with some other page, or with an error
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
                || answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType != MediaTypes.OciIndex)
                return null;
            await RequireAsync(answer, what, token);
            var content = await BoundedBody.ReadAsync(answer.Content, MaxManifestBytes, $"The list of what is attached to {Named(digest)}", token);
            return new RawOciManifest(Descriptor.DigestOf(content), MediaTypes.OciIndex, content).Read(repository.ToString()).Manifests ?? [];
        }, cancellation);
    }

    private Func<HttpResponseMessage, CancellationToken, Task<bool>> Required(string what) => async (answer, token) =>
    {
        await RequireAsync(answer, what, token);
        return true;
    };

    private async Task RequireAsync(HttpResponseMessage answer, string what, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode)
            throw await session.Errors.DescribeAsync(what, answer, cancellation);
    }

    private Uri At(string path) => new(repository.Host.Address, $"v2/{repository.Name}/{path}");

    private string Named(string reference) => IsDigest(reference) ? $"{repository}@{reference}" : $"{repository}:{reference}";

    private static bool IsDigest(string reference) => reference.Contains(':', StringComparison.Ordinal);

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static HttpRequestMessage Accepting(Uri place, IReadOnlyList<string> types)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, place);
        foreach (var type in types)
            request.Headers.Accept.Add(new(type));
        return request;
    }

    private static ByteArrayContent Body(byte[] content, string mediaType) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
