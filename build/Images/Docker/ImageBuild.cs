using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.Docker;

/// <param name="Folder">The build context.</param>
/// <param name="Tag">The tag of the image.</param>
/// <param name="Arguments">Values for the ARGs of the Dockerfile; an empty value keeps the default.</param>
public sealed record ImageBuild(
    string Folder, string Dockerfile, string Tag, IReadOnlyDictionary<string, string> Arguments, IReadOnlyDictionary<string, string> Labels, ImagePlatform Platform);
