using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Datasets;

/// <summary>Distinguishes datasets from other files by their names.</summary>
public static class DatasetName
{
    public const string Ending = ".csv";

    // the names that browsers, copy programs and editors give to incomplete files
    private static readonly string[] TemporaryEndings = [".part", ".partial", ".filepart", ".crdownload", ".tmp", ".swp", "~"];

    public static bool IsDataset(string name) =>
        name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && !IsTemporary(name) && ObjectKey.IsValid(name);

    /// <summary>Whether a key is that of a dataset of a model: directly in its folder, not in a subfolder.</summary>
    public static bool IsDatasetOf(string model, string key) =>
        key.StartsWith(StoreKeys.DatasetsOf(model), StringComparison.Ordinal)
        && key[StoreKeys.DatasetsOf(model).Length..] is var name && !name.Contains('/') && IsDataset(name);

    public static bool IsTemporary(string name) =>
        name.StartsWith('.') || name.StartsWith('~')
        || TemporaryEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
