using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Environments.Training;

/// <summary>The code that jobs run, and on whose behalf.</summary>
/// <param name="Trainer">The build output of this tree.</param>
/// <param name="Image">What jobs actually run: the same release, or an image by its digest.</param>
/// <param name="Source">The commit that it was built from.</param>
/// <param name="Refusal">Why git does not report the commit of an existing checkout.</param>
public sealed record TrainerBuild(FolderRelease Trainer, string Image, SourceReference Source, string By, string? Refusal = null);
