using System.Text.Json;

namespace Slipway.Inference;

/// <summary>Finds and reads records of raw values in a JSON body: one object, an array of objects, or either under <c>records</c> or <c>instances</c>.</summary>
public static class RawRecords
{
    private const int MaxDepth = 32;

    /// <summary>Where the records lie in the body, and how many there are.</summary>
    public static RecordRange Find(ReadOnlySpan<byte> body, int maxRows)
    {
        if (body.IsEmpty)
            throw RequestException.Bad("The body is empty: send one record, an array of records, or {\"records\": [...]}.");
        var json = new Utf8JsonReader(body, Options);
        json.Read();
        var range = json.TokenType switch
        {
            JsonTokenType.StartArray => Measure(ref json),
            JsonTokenType.StartObject => FindInObject(ref json),
            _ => throw RequestException.Bad($"The body is {JsonExpectation.Word(json.TokenType)}; expected a record, an array of records, or {{\"records\": [...]}}."),
        };
        json.Read(); // anything after the root is an error
        return range.Count >= 1 && range.Count <= maxRows
            ? range
            : throw RequestException.Bad($"The request has {range.Count} records; it takes 1 to {maxRows}.");
    }

    public static void Read(ReadOnlySpan<byte> body, RecordRange range, ModelProfile profile, RowEncoder rows, IgnoredColumns ignored)
    {
        var json = new Utf8JsonReader(body.Slice(range.Start, range.Length), Options);
        Span<bool> seen = profile.ColumnNames.Count <= 256 ? stackalloc bool[profile.ColumnNames.Count] : new bool[profile.ColumnNames.Count];
        json.Read();
        if (json.TokenType == JsonTokenType.StartArray)
            json.Read();
        for (var row = 0; row < range.Count; row++, json.Read())
        {
            seen.Clear();
            ReadRecord(ref json, row, profile, rows, ignored, seen);
            if (!seen.Contains(true))
                throw RequestException.Bad(
                    $"Record {row + 1} names no column of the model. Columns: {string.Join(", ", profile.Schema.Columns.Select(column => column.Name))}.");
        }
    }

    private static JsonReaderOptions Options => new() { MaxDepth = MaxDepth };

    private static RecordRange FindInObject(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        RecordRange? inner = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isList = json.ValueTextEquals("records"u8) || json.ValueTextEquals("instances"u8);
            json.Read();
            if (isList && json.TokenType == JsonTokenType.StartArray && inner is null)
                inner = Measure(ref json);
            else
                json.Skip();
        }

        return inner ?? new(start, (int)json.BytesConsumed - start, 1);
    }

    private static RecordRange Measure(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            JsonExpectation.Check(json.TokenType, JsonTokenType.StartObject, $"Record {count + 1}");
            json.Skip();
            count++;
        }

        return new(start, (int)json.BytesConsumed - start, count);
    }

    private static void ReadRecord(
        ref Utf8JsonReader json, int row, ModelProfile profile, RowEncoder rows, IgnoredColumns ignored, scoped Span<bool> seen)
    {
        var next = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var column = Find(ref json, profile.ColumnNames, next);
            if (column < 0)
            {
                ignored.Add(json.GetString());
                json.Skip();
                continue;
            }

            if (seen[column])
                throw RequestException.Bad($"Record {row + 1} names '{profile.Schema.Columns[column].Name}' twice.");
            seen[column] = true;
            json.Read();
            rows.Json(row, column, ref json);
            next = column + 1;
        }
    }

    // records mostly name columns in one order: look first where the next should be
    private static int Find(ref Utf8JsonReader json, IReadOnlyList<byte[]> names, int expected)
    {
        for (var i = 0; i < names.Count; i++)
            if (json.ValueTextEquals(names[(expected + i) % names.Count]))
                return (expected + i) % names.Count;
        return -1;
    }
}

/// <summary>Bytes of a body that hold <paramref name="Count"/> records: an array, or one object.</summary>
public readonly record struct RecordRange(int Start, int Length, int Count);
