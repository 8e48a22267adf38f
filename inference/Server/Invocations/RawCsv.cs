using System.Runtime.InteropServices;
using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>Reads a CSV body with a header. An empty value is missing; a column that is absent altogether is an error.</summary>
public static class RawCsv
{
    private const string Source = "The body";

    public static int Count(ReadOnlyMemory<byte> body, ModelProfile profile, int maxRows)
    {
        CsvWidth.Check(Stream(body), profile.Encoder.ColumnCount + IgnoredColumns.Most);
        using var csv = Open(body);
        var count = 0;
        while (csv.Read())
            if (++count > maxRows)
                throw RequestException.Bad($"The body has more than {maxRows} rows. Send fewer a request.");
        return count > 0 ? count : throw RequestException.Bad("The body has a header and no rows.");
    }

    public static void Read(ReadOnlyMemory<byte> body, ModelProfile profile, RowEncoder rows, IgnoredColumns ignored)
    {
        using var csv = Open(body);
        var targets = csv.Columns.Select(profile.Encoder.IndexOf).ToArray();
        foreach (var (name, target) in csv.Columns.Zip(targets))
            if (target < 0)
                ignored.Add(name);
        var missing = Enumerable.Range(0, profile.Encoder.ColumnCount).Except(targets).Select(column => profile.Encoder.Column(column).Name).ToList();
        if (missing.Count > 0)
            throw RequestException.Bad($"The header lacks these columns: {ShownText.List(missing)}. The first line names the columns; a missing value is left empty.");

        for (var row = 0; csv.Read(); row++)
            for (var i = 0; i < targets.Length; i++)
                if (targets[i] >= 0)
                    rows.Text(row, targets[i], csv.Value(i));
    }

    private static CsvRows Open(ReadOnlyMemory<byte> body) => CsvRows.Open(Stream(body), Source);

    private static MemoryStream Stream(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var array)
        ? new(array.Array!, array.Offset, array.Count, writable: false)
        : new(body.ToArray(), writable: false);
}
