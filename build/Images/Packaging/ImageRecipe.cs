using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.Packaging;

/// <summary>What an image is made of.</summary>
/// <param name="Dockerfile">Below the repository, as are the projects.</param>
/// <param name="Projects">Published into one folder, which they share.</param>
/// <param name="Words">Programs that containers of the image are started by: the word, and what the project calls its program.</param>
/// <param name="Bases">The ARGs that name base images; the first is the image's own.</param>
public sealed record ImageRecipe(
    string Name, string Title, string Dockerfile, IReadOnlyList<string> Projects, IReadOnlyDictionary<string, string> Words, IReadOnlyList<string> Bases)
{
    public const string Runtime = "RUNTIME_IMAGE";
    public const string Libraries = "LIBRARIES_IMAGE";

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
