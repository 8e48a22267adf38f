using System.Net;
using System.Text;
using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>Translates a registry's error responses into messages that tell a person what to do.</summary>
public sealed class RegistryErrors(RegistryRepository repository, RegistryCredentials? credentials, TimeProvider time)
{
    private const int MaxTextLength = 4096;
    private const int ShownWords = 500;

    /// <param name="what">The failed action, as the rest of a sentence that begins with "Could not".</param>
    public async Task<SlipwayException> DescribeAsync(string what, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var (codes, words) = Words(await BoundedBody.ReadStartAsync(answer.Content, MaxTextLength, cancellation));
        return new($"Could not {what}: {Explain(answer, codes)} Its response: {words}");
    }

    public SlipwayException Away(string what, Exception e) => new(
        $"Could not {what}: {repository.Host} does not respond ({Innermost(e).TrimEnd('.')}). "
        + $"{(repository.Host.IsLocal ? "Start a registry there, or name another with --registry" : "Check the network and the registry's name")}; then run this again: what was already pushed is kept.", e);

    private string Explain(HttpResponseMessage answer, IReadOnlyList<string> codes) => (int)answer.StatusCode switch
    {
        401 or 403 => NotAllowed(),
        404 when codes.Contains("NAME_UNKNOWN") => $"{repository.Host} has no repository '{repository.Name}'. {(repository.Host.IsEcr ? "Terraform creates it: ./build.sh --target=ApplyInfra" : "Create it there first, or check its name")}.",
        413 or 500 or 507 => $"{repository.Host} could not store it (status {(int)answer.StatusCode}): its disk may be full, or its limits too low. Check the registry, then run this again.",
        429 => $"{repository.Host} received too many requests. Run this again{(answer.Headers.RetryAfter?.Delta is { } pause ? $" in {pause.TotalSeconds:0} seconds" : " in a minute")}.",
        400 or 409 when codes.Contains("TAG_INVALID") || codes.Contains("MANIFEST_INVALID") && answer.StatusCode == HttpStatusCode.Conflict =>
            $"{repository.Host} rejects it under this tag; if tags are immutable, the tag already refers to something else.",
        var status => $"{repository.Host} returned status {status}.",
    };

    private string NotAllowed() => credentials switch
    {
        null => $"{repository.Host} requires credentials for '{repository.Name}', and there are none. Export {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword}, or log in with docker login {repository.Host}.",
        { ExpireAt: { } end } when end <= time.GetUtcNow() => $"the credentials from {credentials.Source} have expired at {end:u}. Run this again; it continues where it stopped.",
        _ => $"{repository.Host} denies '{credentials.User}' (credentials from {credentials.Source}) access to '{repository.Name}'. Check user name, password and permissions.",
    };

    private static (IReadOnlyList<string> Codes, string Words) Words(byte[] body)
    {
        try
        {
            var errors = CompleteJson.Deserialize(body, RegistryContentJson.Default.RegistryErrorList)?.Errors ?? [];
            if (errors.Count > 0)
                return ([.. errors.Select(error => error.Code ?? "")], Shown(string.Join("; ", errors.Select(error => $"{error.Code}: {error.Message}"))));
        }
        catch (JsonException)
        {
            // a proxy in between, or another kind of server: its text is all there is
        }

        return ([], Shown(Encoding.UTF8.GetString(body)));
    }

    private static string Shown(string text)
    {
        var line = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "nothing." : line.Length > ShownWords ? $"{line[..ShownWords]}..." : line;
    }

    private static string Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e.Message;
}
