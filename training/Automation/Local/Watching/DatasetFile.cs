using Slipway.Registry;

namespace Slipway.Automation.Local.Watching;

/// <summary>A CSV file in a model's dataset folder, as the file system describes it. Equal descriptions mean that nothing was written in between.</summary>
/// <param name="Length">Bytes.</param>
public sealed record DatasetFile(string Model, string Name, long Length, DateTimeOffset Modified)
{
    public string Key => StoreKeys.Dataset(Model, Name);
}
