using System.Net;
using System.Text.Json.Nodes;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Registry;

namespace Slipway.Containers.Tests.Pushing;

/// <summary>The contents of a registry, over HTTP.</summary>
internal sealed class RegistryContent(RegistryHost host) : IDisposable
{
    private readonly HttpClient _http = new(DirectHttpClient.Handler()) { BaseAddress = host.Address };

    public void Dispose() => _http.Dispose();

    public async Task<string?> DigestAsync(string image, string tag)
    {
        using var answer = await GetAsync(image, $"manifests/{tag}");
        return answer.StatusCode == HttpStatusCode.NotFound ? null : answer.Headers.GetValues("Docker-Content-Digest").Single();
    }

    public async Task<string> TagsAsync(string image)
    {
        using var answer = await GetAsync(image, "tags/list");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The contents of the attachments of a digest, by the media type of the artifact.</summary>
    public async Task<Dictionary<string, byte[]>> AttachedAsync(string image, string digest)
    {
        var attached = new Dictionary<string, byte[]>();
        // this registry is of before the list of referrers, for which the specification has a tag
        foreach (var one in (await ManifestAsync(image, digest.Replace(':', '-')))["manifests"]!.AsArray())
        {
            var artifact = await ManifestAsync(image, one!["digest"]!.GetValue<string>());
            Assert.That(artifact["subject"]!["digest"]!.GetValue<string>(), Is.EqualTo(digest));
            using var blob = await GetAsync(image, $"blobs/{artifact["layers"]!.AsArray().Single()!["digest"]}");
            attached.Add(one["artifactType"]!.GetValue<string>(), await blob.Content.ReadAsByteArrayAsync());
        }

        return attached;
    }

    private async Task<JsonNode> ManifestAsync(string image, string reference)
    {
        using var answer = await GetAsync(image, $"manifests/{reference}");
        return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }

    private async Task<HttpResponseMessage> GetAsync(string image, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/slipway/{image}/{path}");
        foreach (var type in MediaTypes.Manifests)
            request.Headers.Accept.Add(new(type));
        return await _http.SendAsync(request);
    }
}
