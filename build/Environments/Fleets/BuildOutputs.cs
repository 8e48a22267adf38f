using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tools;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Copies the build output of this tree to the folders that an environment runs it from.</summary>
public sealed class BuildOutputs(Paths paths)
{
    /// <summary>The three programs of a release.</summary>
    public ReleaseSet AddAll(LocalFolders folders) => new(
        Add(folders, Paths.Trainer), Add(folders, "inference/Server"), Add(folders, "gateway/Proxy"));

    /// <summary>The output of one project.</summary>
    public FolderRelease Add(LocalFolders folders, string project) => new ReleaseFolder(folders).Add(paths.Output(project, DotNetTool.Configuration));
}
