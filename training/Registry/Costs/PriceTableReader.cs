using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Registry.Costs;

/// <summary>Reads a table of prices that a person wrote: comments and trailing commas are allowed, unknown members and negative prices are errors.</summary>
public static class PriceTableReader
{
    /// <summary>No table of one cloud's prices is longer.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The table in a file.</summary>
    /// <returns>Null if there is no such file: then nothing has a price.</returns>
    /// <exception cref="SlipwayException">The file is not a table of prices.</exception>
    public static PriceTable? ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return null;
        return file.Length <= MaxBytes ? Read(File.ReadAllBytes(path), path) : throw Wrong(path, $"it is longer than {MaxBytes / 1024} KiB");
    }

    /// <param name="name">Its name in messages.</param>
    /// <exception cref="SlipwayException">It is not a table of prices; the message says what is wrong with it.</exception>
    public static PriceTable Read(ReadOnlySpan<byte> json, string name)
    {
        PriceTable table;
        try
        {
            table = JsonSerializer.Deserialize(json, PriceJson.Default.PriceTable) ?? throw Wrong(name, "it is null");
        }
        catch (JsonException e)
        {
            throw Wrong(name, e.Message.TrimEnd('.'), e);
        }

        if (string.IsNullOrWhiteSpace(table.Currency) || string.IsNullOrWhiteSpace(table.Source))
            throw Wrong(name, "'currency' and 'source' must not be empty");
        foreach (var (place, price) in Prices(table))
            if (price < 0)
                throw Wrong(name, $"the price of {place} is negative");
        return table;
    }

    /// <summary>Whether two tables give the same prices, in the same words.</summary>
    public static bool Same(PriceTable? one, PriceTable? other) =>
        (one is null ? "" : JsonSerializer.Serialize(one, PriceJson.Default.PriceTable)) == (other is null ? "" : JsonSerializer.Serialize(other, PriceJson.Default.PriceTable));

    private static IEnumerable<(string Place, decimal Price)> Prices(PriceTable table)
    {
        foreach (var (region, prices) in table.Regions)
        {
            foreach (var (type, price) in prices.TrainingHour ?? new Dictionary<string, decimal>())
                yield return ($"'{type}' in '{region}'", price);
            if (prices.Serving is { } serving)
                foreach (var price in new[] { serving.CpuHour, serving.GigabyteHour })
                    yield return ($"serving in '{region}'", price);
            if (prices.Storage is { } storage)
                foreach (var price in new[] { storage.GigabyteMonth, storage.ThousandWrites, storage.ThousandReads })
                    yield return ($"storage in '{region}'", price);
        }
    }

    private static SlipwayException Wrong(string name, string why, Exception? inner = null) => new(
        $"{name} is not a table of prices: {why}. docs/answers.md shows its form; without the file, costs are shown as not priced.", inner ?? new FormatException(why));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriceTable))]
internal sealed partial class PriceJson : JsonSerializerContext;
