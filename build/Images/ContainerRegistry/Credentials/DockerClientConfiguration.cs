using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>The folder with the Docker client's logins and settings; <c>config.json</c> in it may be missing.</summary>
public sealed class DockerClientConfiguration(string folder, CredentialHelper helper)
{
    // the user name that docker login stores for an account that it opened in a browser
    private const string IdentityToken = "<token>";

    public string Folder => folder;

    private string Settings => Path.Combine(folder, "config.json");

    public static DockerClientConfiguration OfThisMachine(TimeProvider time) => new(
        EnvironmentVariables.Value(EnvironmentVariables.DockerConfiguration)
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"),
        new(time));

    /// <exception cref="SlipwayException">It is damaged.</exception>
    public JsonObject ReadSettings()
    {
        try
        {
            return File.Exists(Settings) ? JsonNode.Parse(File.ReadAllBytes(Settings)) as JsonObject ?? throw new JsonException("it is not an object") : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException($"'{Settings}', the configuration of the Docker client, cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="SlipwayException">There is a login, but it cannot be read.</exception>
    public async Task<RegistryCredentials?> FindCredentialsAsync(RegistryHost host, CancellationToken cancellation)
    {
        var settings = ReadSettings();
        var program = Text(settings["credHelpers"]?[host.Name]) ?? Text(settings["credsStore"]);
        var found = program is null ? Plain(settings, host) : await helper.GetAsync(program, host, cancellation) ?? Plain(settings, host);
        return found?.User == IdentityToken
            ? throw new SlipwayException($"The Docker client's login to {host} is a token that only the Docker client can use. Export {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword} with an access token, and run this again.")
            : found;
    }

    private RegistryCredentials? Plain(JsonObject settings, RegistryHost host)
    {
        var entry = new[] { host.Name, $"https://{host}", $"https://{host}/", $"https://{host}/v2/", $"http://{host}" }
            .Select(key => settings["auths"]?[key]).FirstOrDefault(found => found is JsonObject);
        if (entry?["identitytoken"] is not null)
            return new(IdentityToken, "", Settings);
        if (Text(entry?["auth"]) is not { Length: > 0 } login)
            return null;

        var plain = new byte[login.Length];
        return Convert.TryFromBase64String(login, plain, out var length) && Encoding.UTF8.GetString(plain, 0, length).TrimEnd('\0').Split(':', 2) is [var user, var password]
            ? new(user, password, $"'{Settings}'")
            : throw new SlipwayException($"The login to {host} in '{Settings}' is damaged. Log in again: docker login {host}");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
