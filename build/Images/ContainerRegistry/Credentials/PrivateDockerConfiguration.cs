using System.Text.Json.Nodes;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>
/// A Docker client configuration for one push, which no other user can read and which is deleted afterwards: credentials reach the client only
/// through it, never on a command line. Everything else is copied from the user's configuration: engine, certificates, proxies, headers.
/// </summary>
public sealed class PrivateDockerConfiguration : IDisposable
{
    private PrivateDockerConfiguration(string folder) => Folder = folder;

    public string Folder { get; }

    public static PrivateDockerConfiguration Create(DockerClientConfiguration person, RegistryHost host, RegistryCredentials credentials)
    {
        var settings = person.ReadSettings();
        // the user's credential helpers would take precedence
        settings.Remove("credsStore");
        settings.Remove("credHelpers");
        // on Windows, creating links takes a privilege that people lack; the engine is found by its usual name
        if (OperatingSystem.IsWindows())
            settings.Remove("currentContext");
        settings["auths"] = new JsonObject { [host.Name] = new JsonObject { ["auth"] = credentials.Basic } };

        // readable only by its owner from the start
        var made = new PrivateDockerConfiguration(Directory.CreateTempSubdirectory("slipway-docker-").FullName);
        try
        {
            made.Link(person.Folder);
            made.Write(settings);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    // contexts contain the address of the engine, and the certificates for it
    private void Link(string person)
    {
        if (!Directory.Exists(person) || OperatingSystem.IsWindows())
            return;
        foreach (var entry in new DirectoryInfo(person).EnumerateFileSystemInfos().Where(entry => entry.Name != "config.json"))
        {
            var link = Path.Combine(Folder, entry.Name);
            if (entry is DirectoryInfo)
                Directory.CreateSymbolicLink(link, entry.FullName);
            else
                File.CreateSymbolicLink(link, entry.FullName);
        }
    }

    private void Write(JsonObject settings)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(Path.Combine(Folder, "config.json"), options);
        file.Write(settings.ToJsonString());
    }

    /// <summary>Deletes links without touching their targets.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
