namespace Slipway.Build.Images.Pushing;

/// <summary>What pushing needs of the engine that holds the images.</summary>
public interface IImageEngine
{
    /// <returns>The id of an image; null when there is none.</returns>
    string? FindId(string reference);

    /// <param name="local">The image as the engine calls it.</param>
    /// <param name="reference">The tag that it is to have in a registry.</param>
    /// <param name="configuration">Folder of a docker client's configuration; null for the person's own.</param>
    /// <returns>The digest that it has there.</returns>
    /// <exception cref="Slipway.Registry.SlipwayException">The push failed; what has arrived stays there.</exception>
    string Push(string local, string reference, string? configuration, Action<string> now);
}
