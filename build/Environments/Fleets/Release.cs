namespace Slipway.Build.Environments.Fleets;

/// <summary>The image that a service is running.</summary>
/// <param name="Hash">The hash of its content, which identifies the release.</param>
public abstract record Release(string Hash);

/// <summary>A copy of build output, which runs as a process.</summary>
public sealed record FolderRelease(string Hash, string Folder) : Release(Hash)
{
    public string Assembly(string name) => Path.Combine(Folder, $"{name}.dll");
}

/// <summary>An image, which runs in a container.</summary>
/// <param name="Image">The id that the Docker engine has for it.</param>
public sealed record ImageRelease(string Hash, string Image) : Release(Hash);

/// <summary>What is deployed to the local environment.</summary>
public sealed record LocalRelease(Release Inference, Release Gateway);

/// <summary>The three services of one build.</summary>
public sealed record ReleaseSet(FolderRelease Trainer, FolderRelease Inference, FolderRelease Gateway);
