namespace Slipway.Registry.Models;

/// <summary>The trainers that come with Slipway. Any other name is a class beside <c>model.json</c>.</summary>
public static class TrainerNames
{
    /// <summary>Gradient boosted trees by the library that the machine has: <see cref="LightGbm"/>, or <see cref="FastTree"/> where that does not load.</summary>
    public const string BoostedTrees = "boostedTrees";

    public const string LightGbm = "LightGBM";
    public const string FastTree = "FastTree";
    public const string Linear = "linear";

    /// <summary>No trainer at all: versions are made elsewhere and registered as ONNX files.</summary>
    public const string Outside = "outside";

    public static IReadOnlyList<string> BuiltIn { get; } = [BoostedTrees, LightGbm, FastTree, Linear];
}
