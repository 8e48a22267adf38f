using System.Text.Json;
using Slipway.Registry.Models;

namespace Slipway.Gateway.Probes;

/// <summary>One row of a golden set.</summary>
/// <param name="Number">Its position in the set.</param>
/// <param name="Body">The request for it.</param>
/// <param name="Golden">The row alone, to compare with.</param>
public sealed record ProbeRow(int Number, ReadOnlyMemory<byte> Body, GoldenSet Golden, ModelSchema Schema)
{
    /// <summary>Of one golden set. They are spread over it, because its rows are in order of their kind.</summary>
    public const int MaxRows = 100;

    /// <summary>Of all rows of one golden set; rows beyond it are left out.</summary>
    public const int MaxBytes = 4 << 20;

    public static IReadOnlyList<ProbeRow> Of(GoldenSet golden, ModelSchema schema)
    {
        var rows = new List<ProbeRow>();
        var bytes = 0L;
        foreach (var number in Spread(golden.Inputs.Count))
        {
            var row = new GoldenSet([], [golden.Inputs[number]], [golden.Outputs[number]], golden.Tolerance);
            var body = JsonSerializer.SerializeToUtf8Bytes(GoldenRequest.Of(row.Inputs), GoldenRequestJson.Default.GoldenRequest);
            if ((bytes += body.Length) > MaxBytes)
                break;
            rows.Add(new(number, body, row, schema));
        }
        return rows;
    }

    private static IEnumerable<int> Spread(int count) =>
        count <= MaxRows ? Enumerable.Range(0, count) : Enumerable.Range(0, MaxRows).Select(i => (int)((long)i * (count - 1) / (MaxRows - 1)));
}
