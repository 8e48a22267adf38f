using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rows;

namespace Slipway.Automation.Monitoring;

/// <summary>
/// A CSV file of true labels, read as a stream: the columns <c>predictionId</c> and <c>label</c>, and optionally <c>row</c>, from 0, without which a label is
/// for all rows of its prediction, and <c>time</c>, when the label became known. Other columns are ignored.
/// </summary>
public sealed class FeedbackFile : IDisposable
{
    private readonly CsvRows _rows;
    private readonly int _id, _label, _row, _time;

    private FeedbackFile(CsvRows rows, string source)
    {
        _rows = rows;
        (_id, _label, _row, _time) = (Find("predictionId", "prediction_id", "prediction id"), Find("label", "actual"), Find("row"), Find("time", "at"));
        if (_id < 0 || _label < 0)
        {
            rows.Dispose();
            throw new SlipwayException(
                $"{source} has no column '{(_id < 0 ? "predictionId" : "label")}' in its header. The columns are predictionId and label, and optionally row and time; it has {string.Join(", ", rows.Columns.Take(10))}.");
        }
    }

    /// <param name="source">Its name in messages.</param>
    /// <exception cref="SlipwayException">It is not a CSV file with these columns.</exception>
    public static FeedbackFile Open(Stream content, string source) => new(CsvRows.Open(content, source), source);

    /// <returns>Null at the end.</returns>
    /// <exception cref="SlipwayException">The row is malformed; the message names it.</exception>
    public FeedbackLine? Read()
    {
        if (!_rows.Read())
            return null;
        var id = Value(_id);
        var label = Value(_label);
        if (id.Length == 0 || label.Length == 0)
            return new(_rows.Row, id, label, null, null, id.Length == 0 ? "the prediction id is empty" : "the label is empty");
        var (row, time) = ((int?)null, (DateTimeOffset?)null);
        if (Value(_row) is { Length: > 0 } number)
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
                return new(_rows.Row, id, label, null, null, $"'{Shown(number)}' is not a row: rows are numbered from 0");
            row = given;
        }

        if (Value(_time) is { Length: > 0 } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return new(_rows.Row, id, label, row, null, $"'{Shown(text)}' is not a time such as 2026-01-31T12:00:00Z");
            time = at;
        }

        return new(_rows.Row, id, label, row, time, null);
    }

    public void Dispose() => _rows.Dispose();

    internal static string Shown(string text) => text.Length <= PredictionIds.MaxLength ? text : $"{text[..PredictionIds.MaxLength]}...";

    private string Value(int column) => column < 0 ? "" : _rows.Value(column).Trim().ToString();

    private int Find(params ReadOnlySpan<string> names)
    {
        for (var i = 0; i < _rows.Columns.Count; i++)
            foreach (var name in names)
                if (_rows.Columns[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                    return i;
        return -1;
    }
}

/// <param name="Number">Of the data row, 1 for the first.</param>
/// <param name="Flaw">Why it is not feedback, as the end of a sentence; null if it may be.</param>
public sealed record FeedbackLine(long Number, string PredictionId, string Label, int? Row, DateTimeOffset? Time, string? Flaw);
