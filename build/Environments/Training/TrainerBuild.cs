using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Environments.Training;

/// <summary>The code that jobs are made with, and on whose behalf.</summary>
/// <param name="Trainer">What was built from this tree.</param>
/// <param name="Image">What jobs really run: the same release, or an image by its digest.</param>
/// <param name="Source">The commit that it was built from.</param>
/// <param name="Refusal">Why git does not tell the commit of a checkout that is there.</param>
public sealed record TrainerBuild(FolderRelease Trainer, string Image, SourceReference Source, string By, string? Refusal = null);
