namespace Slipway.Registry.Models;

/// <summary>The built-in trainers. Any other name is a class next to <c>model.json</c>.</summary>
public static class TrainerNames
{
    /// <summary>Gradient boosted trees with the library that the machine supports: <see cref="LightGbm"/>, or <see cref="FastTree"/> if that cannot be loaded.</summary>
    public const string BoostedTrees = "boostedTrees";

    public const string LightGbm = "LightGBM";
    public const string FastTree = "FastTree";
    public const string Linear = "linear";

    /// <summary>No trainer at all: versions are trained elsewhere and registered as ONNX files.</summary>
    public const string Imported = "outside";

    public static IReadOnlyList<string> BuiltIn { get; } = [BoostedTrees, LightGbm, FastTree, Linear];
}
