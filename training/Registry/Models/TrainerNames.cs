namespace Slipway.Registry;

/// <summary>The trainers that come with Slipway. Any other name is a class beside <c>model.json</c>.</summary>
public static class TrainerNames
{
    public const string LightGbm = "LightGBM";
    public const string FastTree = "FastTree";
    public const string Linear = "linear";

    /// <summary>No trainer at all: versions are made elsewhere and registered as ONNX files.</summary>
    public const string Outside = "outside";

    public static IReadOnlyList<string> BuiltIn { get; } = [LightGbm, FastTree, Linear];
}
