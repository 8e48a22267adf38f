using Slipway.Build.Images.Docker;

namespace Slipway.Build.Images.Pushing;

/// <summary>The engine that the Docker client talks to, as far as pushing needs it.</summary>
public sealed class DockerEngine(DockerTool docker) : IImageEngine
{
    public string? FindId(string reference) => docker.FindImage(reference)?.Id;

    public string Push(string local, string reference, string? configuration, Action<string> now)
    {
        // docker pushes to the registry in the name of an image
        docker.Tag(local, reference);
        return docker.Push(reference, configuration, now);
    }
}
