using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Datasets;

/// <summary>Tells datasets from other files by their names.</summary>
public static class DatasetName
{
    public const string Ending = ".csv";

    // what browsers, copy programs and editors call a file that they have not finished
    private static readonly string[] TemporaryEndings = [".part", ".partial", ".filepart", ".crdownload", ".tmp", ".swp", "~"];

    public static bool IsDataset(string name) =>
        name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && !IsTemporary(name) && ObjectKey.IsValid(name);

    /// <summary>Whether a key names a dataset of a model: right in its folder, not below.</summary>
    public static bool IsDatasetOf(string model, string key) =>
        key.StartsWith(StoreKeys.DatasetsOf(model), StringComparison.Ordinal)
        && key[StoreKeys.DatasetsOf(model).Length..] is var name && !name.Contains('/') && IsDataset(name);

    public static bool IsTemporary(string name) =>
        name.StartsWith('.') || name.StartsWith('~')
        || TemporaryEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
