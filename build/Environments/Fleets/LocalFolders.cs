using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Every folder of the local environment. All of them are below one folder, which git ignores.</summary>
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

    /// <summary>The folder that contains this environment under its name, and possibly others.</summary>
    public string Home => Path.GetDirectoryName(Root) ?? Root;
    public string Store => Path.Combine(Root, "store");
    public string Releases => Path.Combine(Root, "releases");
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>One record per running service, and the lock.</summary>
    public string Run => Path.Combine(Root, "run");
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Folders of training jobs and the servers' unpacked models; nothing in it is needed after a restart.</summary>
    public string Work => Path.Combine(Root, "work");
    public string PredictionKey => Path.Combine(Keys, "prediction.key");

    /// <summary>The secret that opens the operator's page.</summary>
    public string PageToken => Path.Combine(Keys, "page-token.key");

    /// <summary>The key that signs manifests; next to it are the public keys that servers verify them with.</summary>
    public string SigningKey => Path.Combine(Keys, "signing-key.pem");
    public string TrustedKeys => Path.Combine(Keys, "signing-key.pub.pem");

    // It contains predictions, datasets and logs: no other user of this machine may read it, even if an earlier release created it.
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
                $"The folder of the local environment '{folder}' belongs to another user and is open to others, and its permissions cannot be changed. Take ownership of it ('chown -R {Environment.UserName} {folder}'), or set the environment variable SLIPWAY_HOME to another folder.", e);
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
                $"The local environment needs the folder '{folder}', which cannot be created: {e.Message} " +
                "Make its parent writable, or set the environment variable SLIPWAY_HOME to another folder.", e);
        }
    }
}
