using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Protocol;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>
/// Finds and reads records of raw values in a JSON body: one object, an array of objects, either under <c>records</c>, <c>instances</c> or
/// <c>dataframe_records</c>, or one object per line.
/// </summary>
public static class RawRecords
{
    private const int MaxDepth = 32;

    public static JsonReaderOptions Options => new() { MaxDepth = MaxDepth };

    // one record after the other, with white space between them
    private static JsonReaderOptions OptionsOfLines => new() { MaxDepth = MaxDepth, AllowMultipleValues = true };

    /// <summary>Where the records are in the body, and how many there are.</summary>
    public static RecordRange Find(ReadOnlySpan<byte> body, bool lines, int maxRows)
    {
        if (body.IsEmpty)
            throw RequestException.Bad(lines ? "The body is empty: send one record per line." : "The body is empty: send one record, an array of records, or {\"records\": [...]}.");
        var range = lines ? FindLines(body) : FindDocument(body);
        return range.Count >= 1 && range.Count <= maxRows
            ? range
            : throw RequestException.Bad($"The request has {range.Count} records; it must have 1 to {maxRows}.");
    }

    /// <summary>Reads a body that is one record in a single pass, if nothing about it is unusual.</summary>
    /// <returns>False if <see cref="Find"/> has to find out what it is, or what is wrong with it; whatever was read is to be discarded.</returns>
    public static bool TryReadOne(ReadOnlySpan<byte> body, ModelProfile profile, RowEncoder rows)
    {
        Span<bool> seen = profile.ColumnNames.Count <= 256 ? stackalloc bool[profile.ColumnNames.Count] : new bool[profile.ColumnNames.Count];
        try
        {
            var json = new Utf8JsonReader(body, Options);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                return false;
            var next = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var column = profile.ColumnNames.Find(ref json, next);
                if (column < 0 || seen[column])
                    return false;
                seen[column] = true;
                json.Read();
                if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    return false;
                rows.Json(0, column, ref json);
                next = column + 1;
            }

            return next > 0 && !json.Read(); // anything after the record is an error
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or RequestException)
        {
            return false;
        }
    }

    public static void Read(ReadOnlySpan<byte> body, RecordRange range, ModelProfile profile, RowEncoder rows, IgnoredColumns ignored)
    {
        if (range.IsSplit)
        {
            SplitRecords.Read(body, range, profile, rows, ignored);
            return;
        }

        var json = new Utf8JsonReader(body.Slice(range.Start, range.Length), OptionsOfLines);
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
                    $"Record {row + 1} names no column of the model. Columns: {ShownText.List(profile.Schema.Columns.Select(column => column.Name))}.");
        }
    }

    /// <summary>Records the name that the reader is positioned on.</summary>
    public static void Ignore(ref Utf8JsonReader json, IgnoredColumns ignored)
    {
        Span<char> room = stackalloc char[JsonText.Room];
        var length = JsonText.Read(ref json, room, out var rented);
        try
        {
            var name = (rented is null ? room : rented)[..length];
            ignored.Add(name);
        }
        finally
        {
            JsonText.Return(rented);
        }
    }

    private static RecordRange FindDocument(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, Options);
        json.Read();
        var range = json.TokenType switch
        {
            JsonTokenType.StartArray => Measure(ref json),
            JsonTokenType.StartObject => FindInObject(ref json),
            _ => throw RequestException.Bad($"The body is {JsonExpectation.Word(json.TokenType)}; expected a record, an array of records, or {{\"records\": [...]}}."),
        };
        json.Read(); // anything after the root is an error
        return range;
    }

    private static RecordRange FindLines(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, OptionsOfLines);
        var count = 0;
        for (; json.Read(); count++)
        {
            JsonExpectation.Check(json.TokenType, JsonTokenType.StartObject, $"Record {count + 1}");
            json.Skip();
        }

        return new(0, body.Length, count);
    }

    private static RecordRange FindInObject(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        RecordRange? inner = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isList = json.ValueTextEquals("records"u8) || json.ValueTextEquals("instances"u8) || json.ValueTextEquals("dataframe_records"u8);
            var isSplit = json.ValueTextEquals("dataframe_split"u8);
            json.Read();
            if (isList && json.TokenType == JsonTokenType.StartArray && inner is null)
                inner = Measure(ref json);
            else if (isSplit && json.TokenType == JsonTokenType.StartObject && inner is null)
                inner = SplitRecords.Find(ref json);
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
            var column = profile.ColumnNames.Find(ref json, next);
            if (column < 0)
            {
                Ignore(ref json, ignored);
                json.Skip();
                continue;
            }

            if (seen[column])
                throw RequestException.Bad($"Record {row + 1} names '{ShownText.Of(profile.Schema.Columns[column].Name)}' twice.");
            seen[column] = true;
            json.Read();
            rows.Json(row, column, ref json);
            next = column + 1;
        }
    }
}
