using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.Docker;

/// <param name="Folder">All that the build can see.</param>
/// <param name="Tag">What the image is called then.</param>
/// <param name="Arguments">For the ARGs of the Dockerfile; an empty value leaves the Dockerfile's own.</param>
public sealed record ImageBuild(
    string Folder, string Dockerfile, string Tag, IReadOnlyDictionary<string, string> Arguments, IReadOnlyDictionary<string, string> Labels, ImagePlatform Platform);
