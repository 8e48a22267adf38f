using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Registry.Models;

namespace Slipway.Benchmarks.Contestants;

/// <summary>The request that is sent to every contestant of a comparison, over and over.</summary>
/// <param name="Path">Its last segment names the file with the constant response of the floor.</param>
public sealed record ContestantRequest(string Path, string Body)
{
    public const string ContentType = "application/json";

    public string ResponseFile => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Encoded rows, by the Open Inference Protocol: those of the golden set, over and over.</summary>
    public static ContestantRequest Infer(string model, GoldenSet golden, int rows = 1) => new(
        $"/v2/models/{model}/infer",
        JsonSerializer.Serialize(GoldenRequest.Of([.. Enumerable.Range(0, rows).Select(row => golden.Inputs[row % golden.Inputs.Count])]), GoldenRequestJson.Default.GoldenRequest));

    /// <summary>The same row as raw values by column name, which the server has to encode.</summary>
    public static ContestantRequest Invocations(ModelSchema schema, GoldenSet golden)
    {
        var record = new JsonObject();
        foreach (var column in schema.Columns)
            record[column.Name] = golden.Records[0].GetValueOrDefault(column.Name) is not { } value ? null
                : column.Kind == ColumnKind.Numeric ? JsonValue.Create(double.Parse(value, CultureInfo.InvariantCulture))
                : JsonValue.Create(value);
        return new("/invocations", record.ToJsonString());
    }

    public HttpContent Content() => new StringContent(Body, Encoding.UTF8, ContentType);
}
