namespace Slipway.Registry.Artifacts;

/// <summary>An archive or a model file that must not be used. Fetching the same bytes again will not help.</summary>
public sealed class InvalidArtifactException : SlipwayException
{
    public InvalidArtifactException(string message) : base(message) { }
    public InvalidArtifactException(string message, Exception inner) : base(message, inner) { }
}
