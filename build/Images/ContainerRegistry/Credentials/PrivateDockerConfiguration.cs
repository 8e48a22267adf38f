using System.Text.Json.Nodes;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>
/// A configuration of the docker client for one push, which nobody else can read and which goes afterwards: credentials come to the client by it
/// alone, never by a command line. All else is as the person has it: where the engine is, certificates, proxies, headers.
/// </summary>
public sealed class PrivateDockerConfiguration : IDisposable
{
    private PrivateDockerConfiguration(string folder) => Folder = folder;

    public string Folder { get; }

    public static PrivateDockerConfiguration Create(DockerClientConfiguration person, RegistryHost host, RegistryCredentials credentials)
    {
        var settings = person.ReadSettings();
        // the person's programs for credentials would be asked first
        settings.Remove("credsStore");
        settings.Remove("credHelpers");
        // there, links take a right that people lack; the engine is found by its usual name
        if (OperatingSystem.IsWindows())
            settings.Remove("currentContext");
        settings["auths"] = new JsonObject { [host.Name] = new JsonObject { ["auth"] = credentials.Basic } };

        // for its owner alone from the start
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

    // contexts say where the engine is, and certificates open it
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

    /// <summary>Links go, and what they lead to stays.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
