using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Protocol;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>
/// Rows as arrays of values with one list of columns, the format of MLflow's <c>dataframe_split</c>:
/// <c>{"columns": ["a", "b"], "data": [[1, "x"]]}</c>. As in CSV, a column that is absent altogether is an error.
/// </summary>
public static class SplitRecords
{
    /// <param name="json">Positioned on the object.</param>
    public static RecordRange Find(ref Utf8JsonReader json)
    {
        JsonExpectation.Check(json.TokenType, JsonTokenType.StartObject, "'dataframe_split'");
        (int Start, int Length)? columns = null;
        RecordRange? rows = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isColumns, isData) = (json.ValueTextEquals("columns"u8), json.ValueTextEquals("data"u8));
            json.Read();
            if (isColumns)
                columns = Span(ref json, columns is not null);
            else if (isData)
                rows = Rows(ref json, rows is not null);
            else
                json.Skip(); // pandas' index
        }

        return columns is { } names && rows is { } found
            ? found with { Columns = names }
            : throw RequestException.Bad("'dataframe_split' needs both 'columns' and 'data'.");
    }

    public static void Read(ReadOnlySpan<byte> body, RecordRange range, ModelProfile profile, RowEncoder rows, IgnoredColumns ignored)
    {
        var targets = Targets(body.Slice(range.Columns.Start, range.Columns.Length), profile, ignored);
        var json = new Utf8JsonReader(body.Slice(range.Start, range.Length), RawRecords.Options);
        json.Read();
        for (var row = 0; row < range.Count; row++)
        {
            json.Read();
            var column = 0;
            for (; json.Read() && json.TokenType != JsonTokenType.EndArray; column++)
                if (column == targets.Count)
                    throw WrongCount(row, targets.Count);
                else if (targets[column] >= 0)
                    rows.Json(row, targets[column], ref json);
                else
                    json.Skip();
            if (column != targets.Count)
                throw WrongCount(row, targets.Count);
        }
    }

    private static List<int> Targets(ReadOnlySpan<byte> columns, ModelProfile profile, IgnoredColumns ignored)
    {
        var (targets, missing) = (new List<int>(), Enumerable.Range(0, profile.ColumnNames.Count).ToHashSet());
        var json = new Utf8JsonReader(columns, RawRecords.Options);
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            JsonExpectation.Check(json.TokenType, JsonTokenType.String, "A name in 'columns'");
            var column = profile.ColumnNames.Find(ref json, targets.Count);
            if (column < 0)
                RawRecords.Ignore(ref json, ignored);
            else if (!missing.Remove(column))
                throw RequestException.Bad($"'columns' names '{ShownText.Of(ref json)}' twice.");
            targets.Add(column);
        }

        return missing.Count == 0
            ? targets
            : throw RequestException.Bad($"'columns' lacks: {ShownText.List(missing.Order().Select(column => profile.Schema.Columns[column].Name))}. Use null in 'data' for missing values.");
    }

    private static (int Start, int Length) Span(ref Utf8JsonReader json, bool again)
    {
        Check(json, "'columns'", again);
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return (start, (int)json.BytesConsumed - start);
    }

    private static RecordRange Rows(ref Utf8JsonReader json, bool again)
    {
        Check(json, "'data'", again);
        var start = (int)json.TokenStartIndex;
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            JsonExpectation.Check(json.TokenType, JsonTokenType.StartArray, $"Row {count + 1} of 'data'");
            json.Skip();
            count++;
        }

        return new(start, (int)json.BytesConsumed - start, count);
    }

    private static void Check(in Utf8JsonReader json, string what, bool again)
    {
        if (again)
            throw RequestException.Bad($"{what} appears twice.");
        JsonExpectation.Check(json.TokenType, JsonTokenType.StartArray, what);
    }

    private static RequestException WrongCount(int row, int expected) =>
        RequestException.Bad($"Row {row + 1} of 'data' must have {expected} values, one for each of 'columns'.");
}
