using Parquet;
using Parquet.Schema;

namespace Slipway.PredictionLogs.Reading;

/// <summary>Reads whole columns of a row group, one value for each row.</summary>
internal sealed class LogGroupReader(ParquetRowGroupReader group)
{
    private const int EmptyContainer = 1;

    // far more than a server writes; a damaged number must not become an allocation
    private const long MaxValues = 1 << 26;

    public int Rows { get; } = group.RowCount is >= 0 and <= MaxValues and var rows ? (int)rows : throw new InvalidDataException($"it claims {group.RowCount} rows");

    public async Task<string[]> TextAsync(DataField field, CancellationToken cancellation)
    {
        // of most columns, all rows have one of a few values
        var known = new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        return await FlatAsync<ReadOnlyMemory<char>, string>(field, text =>
        {
            if (known.TryGetValue(text.Span, out var same))
                return same;
            same = text.ToString();
            if (known.Dictionary.Count < 256)
                known.Dictionary.Add(same, same);
            return same;
        }, cancellation);
    }

    /// <summary>Where there is no value, the default of <typeparamref name="TValue"/>.</summary>
    public async Task<TValue[]> FlatAsync<T, TValue>(DataField field, Func<T, TValue> convert, CancellationToken cancellation) where T : struct
    {
        var all = new TValue[Rows];
        var data = await RawAsync<T>(field, cancellation);
        if (field.MaxDefinitionLevel == 0)
        {
            var values = data.Values;
            for (var row = 0; row < Rows; row++)
                all[row] = convert(values[row]);
        }
        else
        {
            var values = data.Values;
            var definitions = data.Definitions;
            var next = 0;
            for (var row = 0; row < Rows; row++)
                if (definitions[row] == field.MaxDefinitionLevel)
                    all[row] = convert(values[next++]);
        }

        return all;
    }

    /// <summary>Lists, or one side of maps: null if the row has none.</summary>
    public async Task<TValue[]?[]> NestedAsync<T, TValue>(DataField field, Func<T, TValue> convert, CancellationToken cancellation) where T : struct
    {
        var all = new TValue[]?[Rows];
        var data = await RawAsync<T>(field, cancellation);
        var values = data.Values;
        var definitions = data.Definitions;
        var repetitions = data.Repetitions;
        var next = 0;
        var items = new List<TValue>();
        for (int at = 0, row = 0; row < Rows; row++)
        {
            items.Clear();
            var first = at;
            do
            {
                if (definitions[at] == field.MaxDefinitionLevel)
                    items.Add(convert(values[next++]));
                else if (definitions[at] > EmptyContainer)
                    items.Add(default!);
                at++;
            }
            while (at < repetitions.Length && repetitions[at] > 0);
            all[row] = definitions[first] == 0 ? null : [.. items];
        }

        return all;
    }

    // by the type that the schema has: a native function cannot look for it by name
    private async Task<RawColumn<T>> RawAsync<T>(DataField field, CancellationToken cancellation) where T : struct
    {
        if (group.GetMetadata(field)?.MetaData?.NumValues is not (>= 0 and <= MaxValues and var count))
            throw new InvalidDataException($"its column {field.Path} is missing, or claims too many values");
        // the library demands room for the levels of columns that have none, too
        var raw = new RawColumn<T>(new T[count], new int[count], new int[count]);
        await group.ReadRawAsync<T>(field, raw.Values, raw.Definitions, raw.Repetitions, cancellation);
        return raw;
    }

    /// <param name="Values">Those that are not null, next to each other.</param>
    /// <param name="Definitions">How much of the path to each value exists.</param>
    /// <param name="Repetitions">0 for the first value of a row.</param>
    private sealed record RawColumn<T>(T[] Values, int[] Definitions, int[] Repetitions);
}
