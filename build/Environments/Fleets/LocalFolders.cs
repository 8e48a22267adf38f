using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Every folder of the local environment. All of them lie under one, which git ignores.</summary>
public sealed class LocalFolders
{
    public LocalFolders(string root)
    {
        Root = Path.GetFullPath(root);
        foreach (var folder in new[] { Root, Run, Logs, Releases, Keys, Work })
            Create(folder);
        MakePrivate(Root);
    }

    public string Root { get; }

    /// <summary>Holds this environment under its name, and maybe others.</summary>
    public string Home => Path.GetDirectoryName(Root) ?? Root;
    public string Store => Path.Combine(Root, "store");
    public string Releases => Path.Combine(Root, "releases");
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>One record for each running service, and the lock.</summary>
    public string Run => Path.Combine(Root, "run");
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Folders of training jobs and the servers' unpacked models; nothing in it is needed after a restart.</summary>
    public string Work => Path.Combine(Root, "work");
    public string PredictionKey => Path.Combine(Keys, "prediction.key");

    /// <summary>Signs manifests; beside it the public keys that servers check them with.</summary>
    public string SigningKey => Path.Combine(Keys, "signing-key.pem");
    public string TrustedKeys => Path.Combine(Keys, "signing-key.pub.pem");

    // Predictions, datasets and logs are in it: nobody else of this machine is to look inside, also not into one that an earlier release made.
    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            if (File.GetUnixFileMode(folder) != owner)
                File.SetUnixFileMode(folder, owner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(
                $"The folder of the local environment '{folder}' is somebody else's, and open to others: its rights cannot be set. Make it yours ('chown -R {Environment.UserName} {folder}'), or name another place in the environment variable SLIPWAY_HOME.", e);
        }
    }

    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(
                $"The local environment needs the folder '{folder}', which can not be created: {e.Message} " +
                "Make its parent writable, or name another place in the environment variable SLIPWAY_HOME.", e);
        }
    }
}
