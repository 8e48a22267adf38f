using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Factories;

/// <summary>Copies the build output of this tree to the folders that an environment runs it from.</summary>
public sealed class ReleaseBuilds(BuildContext context)
{
    private BuildOutputs Outputs => new(context.Paths);

    /// <inheritdoc cref="BuildOutputs.AddAll"/>
    public ReleaseSet AddAll(SlipwayEnvironment environment) => Outputs.AddAll(environment.Folders);

    /// <inheritdoc cref="BuildOutputs.Add"/>
    public FolderRelease Add(SlipwayEnvironment environment, string project) => Outputs.Add(environment.Folders, project);

    /// <summary>Copies the trainer to the folder that jobs run it from.</summary>
    public TrainerBuild Trainer(SlipwayEnvironment environment) => Trainer(Add(environment, Paths.Trainer));

    /// <inheritdoc cref="Trainer(SlipwayEnvironment)"/>
    public TrainerBuild Trainer(FolderRelease trainer) => new(trainer, trainer.Hash, context.Git.Source(), context.By, context.Git.Refusal);
}
