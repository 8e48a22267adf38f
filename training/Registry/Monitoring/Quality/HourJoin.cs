using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slipway.Registry.Predictions;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// Joins the predictions of one model and hour with their labels: first all labels, then all predictions, both in any order and as often as they are stored.
/// Every row counts once, with its last label.
/// </summary>
/// <param name="versions">Null for a version that is gone.</param>
/// <param name="now">Times after it cannot be right: some clock was ahead.</param>
/// <param name="pass">If there are more rows than fit in memory, only the ids of one of several passes are joined at once.</param>
public sealed class HourJoin(DateTimeOffset hour, Func<int, JoinedModel?> versions, DateTimeOffset now, HourPass pass)
{
    private const int MaxProblems = 5;

    // clocks of servers differ by less, and a label cannot precede the hour of its prediction
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(UInt128 Id, int Row), RowLabel> _labels = [];
    private readonly HashSet<UInt128> _predictions = [];
    private readonly SortedDictionary<int, VersionJoin> _versions = [];
    private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);
    private long _received, _joined, _repeated, _replaced, _refused, _unknown;

    /// <summary>Labels and predictions that are held in memory.</summary>
    public int Held => Math.Max(_labels.Count, _predictions.Count);

    public void Add(FeedbackRecord feedback)
    {
        var id = Hash(feedback.PredictionId);
        if (!pass.Takes(id))
            return;
        var label = feedback.Label;
        var first = feedback.Row ?? 0;
        if (label.ValueKind == JsonValueKind.Array)
            for (var i = 0; i < label.GetArrayLength(); i++)
                Add(feedback, id, first + i, label[i]);
        else
            for (var row = first; row < (feedback.Row is null ? RowsOf(feedback) : first + 1); row++)
                Add(feedback, id, row, label);
    }

    public void Add(PredictionRecord prediction)
    {
        var id = Hash(prediction.PredictionId);
        // a prediction whose server did not learn that it was stored may be there twice
        if (!pass.Takes(id) || !_predictions.Add(id))
            return;
        if (versions(prediction.Version) is not { } model)
        {
            Note($"Version {prediction.Version} is gone: its predictions cannot be compared with labels.");
            return;
        }

        if (!_versions.TryGetValue(prediction.Version, out var joined))
            _versions.Add(prediction.Version, joined = new(model));
        for (var row = 0; row < prediction.Outputs.Count; row++)
        {
            if (prediction.Outputs[row].Count != model.Schema.Output.Width)
            {
                Note($"Predictions of version {prediction.Version} in the log are not as wide as its output.");
                continue;
            }

            float[] outputs = [.. prediction.Outputs[row]];
            joined.Add(outputs, prediction.Inputs, row);
            if (!_labels.Remove((id, row), out var label))
                continue;
            _joined++;
            joined.Add(outputs, prediction.Inputs, row, label.Value, label.Plausible ? label.At - prediction.At : TimeSpan.Zero);
        }
    }

    /// <param name="objects">See <see cref="JoinedHour.Objects"/>.</param>
    public JoinedHour Complete(string objects)
    {
        // labels that are left: of rows that the prediction does not have, or of predictions that the log does not have
        var noRow = _labels.Keys.LongCount(key => _predictions.Contains(key.Id));
        if (noRow > 0)
            Note("Some labels are for rows that their prediction does not have.");
        return new(
            hour, now, objects, [.. _versions.Values.Select(version => version.Complete())],
            new(_received, _joined, _repeated, _replaced, _labels.Count - noRow, _refused + noRow, _unknown), [.. _problems]);
    }

    private void Add(FeedbackRecord feedback, UInt128 id, int row, JsonElement text)
    {
        _received++;
        if (versions(feedback.Version) is not { } model)
        {
            _unknown++;
            Note($"Version {feedback.Version} is gone: labels of its predictions cannot be understood.");
        }
        else if (model.Labels.Find(text) is not { } value)
        {
            _refused++;
            Note($"Some labels are not among what version {feedback.Version} can predict.");
        }
        else
        {
            AddLabel((id, row), new(value, feedback.At, feedback.At >= hour - Slack && feedback.At <= now + Slack));
        }
    }

    private void AddLabel((UInt128, int) key, RowLabel label)
    {
        if (!_labels.TryGetValue(key, out var before))
        {
            _labels.Add(key, label);
            return;
        }

        if (before.Value == label.Value)
            _repeated++;
        else
            _replaced++;
        if (label.CompareTo(before) > 0)
            _labels[key] = label;
    }

    // a single label is for all rows
    private static int RowsOf(FeedbackRecord feedback) => PredictionIds.TryParse(feedback.PredictionId, out var id) ? id.Rows ?? 1 : 1;

    private void Note(string problem)
    {
        if (_problems.Count < MaxProblems)
            _problems.Add(problem);
    }

    private static UInt128 Hash(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> text = stackalloc byte[PredictionIds.MaxLength * 3];
        SHA256.HashData(Encoding.UTF8.TryGetBytes(id, text, out var length) ? text[..length] : Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <param name="Plausible">A label with an impossible time counts only if there is no other.</param>
    private readonly record struct RowLabel(double Value, DateTimeOffset At, bool Plausible) : IComparable<RowLabel>
    {
        // labels of the same time are ordered by their value, so that the order in which they are read decides nothing
        public int CompareTo(RowLabel other) =>
            Plausible != other.Plausible ? Plausible.CompareTo(other.Plausible)
            : At != other.At ? At.CompareTo(other.At)
            : Value.CompareTo(other.Value);
    }
}

/// <summary>The share of prediction ids that is joined at once.</summary>
/// <param name="Number">From 0.</param>
public readonly record struct HourPass(int Number, int Of)
{
    public static HourPass Whole => new(0, 1);

    public bool Takes(UInt128 id) => Of == 1 || (int)(id % (uint)Of) == Number;
}
