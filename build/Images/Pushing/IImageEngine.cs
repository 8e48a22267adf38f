namespace Slipway.Build.Images.Pushing;

/// <summary>What pushing needs from the engine that has the images.</summary>
public interface IImageEngine
{
    /// <returns>The id of an image; null if there is none.</returns>
    string? FindId(string reference);

    /// <param name="local">The image's name in the engine.</param>
    /// <param name="reference">The tag that it gets in a container registry.</param>
    /// <param name="configuration">The folder of a Docker client configuration; null for the user's own.</param>
    /// <returns>The digest that it has there.</returns>
    /// <exception cref="Slipway.Registry.SlipwayException">The push failed; what was already transferred stays there.</exception>
    string Push(string local, string reference, string? configuration, Action<string> now);
}
