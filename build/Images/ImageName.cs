namespace Slipway.Build.Images;

/// <summary>The two images of a release, by the names that they have everywhere: in engines, in container registries, in records.</summary>
public static class ImageName
{
    /// <summary>Trains and serves: one image, so that both share one environment.</summary>
    public const string Model = "model";

    public const string Gateway = "gateway";

    public static IReadOnlyList<string> All { get; } = [Model, Gateway];
}
