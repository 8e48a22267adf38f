using Slipway.Registry.Lineages;

namespace Slipway.Build.Images;

/// <summary>An image as it is deployed: by its digest, never by a tag.</summary>
/// <param name="Repository">URI of the repository, without tag.</param>
/// <param name="Digest"><c>sha256:&lt;64 hex digits&gt;</c></param>
public sealed record ImageReference(string Repository, string Digest)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Uri => $"{Repository}@{Digest}";
}

/// <summary>The two images of a release.</summary>
/// <param name="Model">Serves, and trains unless there is another trainer.</param>
/// <param name="Source">The commit that they were built from.</param>
/// <param name="OtherTrainer">The model image of the same commit for SageMaker's platform, if servers run on another.</param>
public sealed record ImageSet(ImageReference Model, ImageReference Gateway, SourceReference Source, ImageReference? OtherTrainer = null)
{
    /// <summary>Trains.</summary>
    public ImageReference Trainer => OtherTrainer ?? Model;
}
