using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Training;
using Slipway.Build.Tools;

namespace Slipway.Build.Factories;

/// <summary>What was built from this tree, copied to where an environment runs it from.</summary>
public sealed class ReleaseBuilds(BuildContext context)
{
    /// <summary>The three programs of a release.</summary>
    public ReleaseSet AddAll(SlipwayEnvironment environment) => new(
        Add(environment, Paths.Trainer), Add(environment, "inference/Server"), Add(environment, "gateway/Proxy"));

    /// <summary>The output of one project.</summary>
    public FolderRelease Add(SlipwayEnvironment environment, string project) =>
        new ReleaseFolder(environment.Folders).Add(context.Paths.Output(project, DotNetTool.Configuration));

    /// <summary>The trainer, copied to where jobs run it from.</summary>
    public TrainerBuild Trainer(SlipwayEnvironment environment) => Trainer(Add(environment, Paths.Trainer));

    /// <inheritdoc cref="Trainer(SlipwayEnvironment)"/>
    public TrainerBuild Trainer(FolderRelease trainer) => new(trainer, trainer.Hash, context.Git.Source(), context.By, context.Git.Refusal);
}
