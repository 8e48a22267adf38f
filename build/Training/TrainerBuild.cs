using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The code that jobs are made with, and on whose behalf.</summary>
public sealed record TrainerBuild(Release Trainer, SourceReference Source, string By);
