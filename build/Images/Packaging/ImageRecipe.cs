using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.Packaging;

/// <summary>The definition of an image.</summary>
/// <param name="Dockerfile">Relative to the repository's root, like the projects.</param>
/// <param name="Projects">Published into one folder, which they share.</param>
/// <param name="Words">The commands that start containers of the image, with the program of each.</param>
/// <param name="Bases">The ARGs that name base images; the first is the base of the image itself.</param>
public sealed record ImageRecipe(
    string Name, string Title, string Dockerfile, IReadOnlyList<string> Projects, IReadOnlyDictionary<string, string> Words, IReadOnlyList<string> Bases)
{
    public const string Runtime = "RUNTIME_IMAGE";
    public const string Libraries = "LIBRARIES_IMAGE";

    /// <summary>Publishes the projects of all images, each into a folder of its name.</summary>
    public const string Publishing = "build/Images/Packaging/Publish.proj";

    public static IReadOnlyList<ImageRecipe> All { get; } =
    [
        new(
            ImageName.Model, "Slipway model: trains and serves", "inference/Dockerfile", [Paths.Trainer, "inference/Server"],
            new Dictionary<string, string> { ["train"] = "Slipway.Trainer", ["serve"] = "Slipway.Inference" }, [Runtime, Libraries]),
        new(
            ImageName.Gateway, "Slipway gateway: splits traffic", "gateway/Dockerfile", ["gateway/Proxy"],
            new Dictionary<string, string> { ["Slipway.Gateway"] = "Slipway.Gateway" }, [Runtime]),
    ];
}
