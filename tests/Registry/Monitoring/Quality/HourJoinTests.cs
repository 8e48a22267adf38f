using System.Globalization;
using System.Text.Json;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Predictions;

namespace Slipway.Registry.Tests.Monitoring.Quality;

public sealed class HourJoinTests
{
    private static readonly DateTimeOffset Hour = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Hour.AddDays(2);
    private static readonly PredictionIds Ids = new(new byte[16]);

    private static readonly ModelSchema Schema = new(
        ModelTask.Binary, "failed", [new("kind", ColumnKind.Categorical, ["L", "H"], null, null, null, CategoryForm.ByValue)], ["kind=L", "kind=H"],
        ModelSchema.OutputOf(ModelTask.Binary, 2), 0.5, ["no", "yes"]);

    private static readonly ModelSpec Spec = new(
        "Pumps", ModelTask.Binary, "failed", new Dictionary<string, ColumnKind> { ["kind"] = ColumnKind.Categorical }, "linear",
        new(new Dictionary<string, Bounds>()), Slices: ["kind"], Value: new(TruePositive: 10, FalseNegative: -100));

    private static readonly JoinedModel Model = new(1, Schema, Spec, new(null, null, new Dictionary<string, double>()), null);

    [Test]
    public void JoinsALabelWithItsPrediction()
    {
        var joined = Join([Feedback(1, "\"yes\"", Hour.AddHours(3))], [Prediction(1, 0.9f), Prediction(2, 0.2f)]);

        Assert.That(joined.Feedback, Is.EqualTo(new FeedbackCounts(1, 1, 0, 0, 0, 0, 0)));
        var quality = Model.Quality(joined.Versions[0], new(2026, 3, 1));
        Assert.That((quality.Predictions, quality.Labels, quality.Coverage, quality.Value), Is.EqualTo((2L, 1L, 0.5, 10.0)));
        Assert.That(quality.Metrics["accuracy"].Value, Is.EqualTo(1));
        Assert.That(quality.Slices.Select(slice => (slice.Slice, slice.Labels)), Is.EqualTo(new[] { ("kind=L", 1L) }));
        Assert.That(quality.Delay!.Median, Is.EqualTo(TimeSpan.FromHours(3)).Within(TimeSpan.FromHours(0.6)));
        Assert.That(quality.Estimate["accuracy"], Is.EqualTo(0.85).Within(1e-6));
    }

    [Test]
    public void CountsALabelOnceHoweverOftenItIsSent()
    {
        var again = Feedback(1, "\"yes\"", Hour.AddHours(3));

        Assert.That(Join([again, again, again], [Prediction(1, 0.9f)]).Feedback, Is.EqualTo(new FeedbackCounts(3, 1, 2, 0, 0, 0, 0)));
    }

    [Test]
    public void CountsAPredictionOnceHoweverOftenItIsLogged()
    {
        var joined = Join([Feedback(1, "\"yes\"", Hour.AddHours(3))], [Prediction(1, 0.9f), Prediction(1, 0.9f)]);

        Assert.That((joined.Versions[0].Predictions, joined.Versions[0].Labeled), Is.EqualTo((1L, 1L)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void TheLastLabelCountsWhateverTheOrderInWhichTheyAreRead(bool reversed)
    {
        FeedbackRecord[] both = [Feedback(1, "\"yes\"", Hour.AddHours(3)), Feedback(1, "\"no\"", Hour.AddHours(4))];
        var joined = Join(reversed ? both.Reverse() : both, [Prediction(1, 0.9f)]);

        Assert.That(joined.Feedback, Is.EqualTo(new FeedbackCounts(2, 1, 0, 1, 0, 0, 0)));
        Assert.That(Model.Quality(joined.Versions[0], null).Metrics["accuracy"].Value, Is.Zero);
    }

    [Test]
    public void AClockThatWasAheadDoesNotWinForever()
    {
        var joined = Join([Feedback(1, "\"no\"", Now.AddYears(70)), Feedback(1, "\"yes\"", Hour.AddHours(1))], [Prediction(1, 0.9f)]);

        Assert.That(Model.Quality(joined.Versions[0], null).Metrics["accuracy"].Value, Is.EqualTo(1));
    }

    [Test]
    public void ALabelFromBeforeItsPredictionCountsIfThereIsNoOther()
    {
        var joined = Join([Feedback(1, "\"yes\"", DateTimeOffset.UnixEpoch)], [Prediction(1, 0.9f)]);

        Assert.That(joined.Feedback.Joined, Is.EqualTo(1));
        Assert.That(Model.Quality(joined.Versions[0], null).Delay!.Median, Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void ALabelThatComesYearsLateCounts()
    {
        var joined = new HourJoin(Hour, _ => Model, Hour.AddYears(4), HourPass.Whole);
        joined.Add(Feedback(1, "\"yes\"", Hour.AddYears(3)));
        joined.Add(Prediction(1, 0.9f));

        Assert.That(Model.Quality(joined.Complete("").Versions[0], null).Delay!.Median.TotalDays, Is.EqualTo(3 * 365).Within(230));
    }

    [Test]
    public void CountsWhatCannotBeJoined()
    {
        var joined = Join(
            [
                Feedback(7, "\"yes\"", Hour.AddHours(1)), // not in the log
                Feedback(1, "\"maybe\"", Hour.AddHours(1)), // not a label
                Feedback(1, "\"yes\"", Hour.AddHours(1)) with { Row = 4 }, // no such row
                Feedback(2, "\"yes\"", Hour.AddHours(1), version: 9), // gone
            ],
            [Prediction(1, 0.9f), Prediction(2, 0.9f, version: 9)]);

        Assert.That(joined.Feedback, Is.EqualTo(new FeedbackCounts(4, 0, 0, 0, 1, 2, 1)));
        Assert.That(joined.Problems, Is.EqualTo(new[]
        {
            "Some labels are for rows that their prediction does not have.",
            "Some labels are not among what version 1 can predict.",
            "Version 9 is gone: its predictions cannot be compared with labels.",
            "Version 9 is gone: labels of its predictions cannot be understood.",
        }));
    }

    [Test]
    public void UnderstandsALabelForEachRow()
    {
        var joined = Join([Feedback(1, "[\"yes\", \"no\", \"yes\"]", Hour.AddHours(1))], [Prediction(1, 0.9f, 0.1f)]);

        Assert.That(joined.Feedback, Is.EqualTo(new FeedbackCounts(3, 2, 0, 0, 0, 1, 0)));
    }

    /// <summary>Random streams with repetitions, corrections, strangers and any order, against a count that holds everything by id.</summary>
    [Test]
    public void AgreesWithAnIndependentCount([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        var predictions = Enumerable.Range(0, 60).Select(id => Prediction(id, random.NextSingle())).ToList();
        predictions.AddRange(predictions.Where(_ => random.Next(5) == 0).ToList());
        var feedback = Enumerable.Range(0, 200).Select(_ => Feedback(random.Next(80), random.Next(2) == 0 ? "\"yes\"" : "\"no\"", Hour.AddMinutes(random.Next(1, 40)))).ToList();
        feedback.AddRange(feedback.Where(_ => random.Next(4) == 0).ToList());
        var (labels, logged) = (feedback.ToArray(), predictions.ToArray());
        random.Shuffle(labels);
        random.Shuffle(logged);

        var passes = Enumerable.Range(0, 3).Select(pass => Join(labels, logged, new(pass, 3))).ToList();
        var joined = passes.Aggregate((one, other) => one.Plus(other));

        var last = labels.GroupBy(label => label.PredictionId).ToDictionary(
            of => of.Key, of => of.OrderBy(label => label.At).ThenBy(label => label.Label.GetString(), StringComparer.Ordinal).Last().Label.GetString());
        var rows = logged.DistinctBy(one => one.PredictionId).ToList();
        var known = rows.Where(row => last.ContainsKey(row.PredictionId)).ToList();
        var right = known.Count(row => row.Outputs[0][0] >= 0.5 == (last[row.PredictionId] == "yes"));
        var positives = known.Where(row => last[row.PredictionId] == "yes").ToList();
        var quality = Model.Quality(joined.Versions[0], null);
        Assert.That((quality.Predictions, quality.Labels), Is.EqualTo(((long)rows.Count, (long)known.Count)));
        Assert.That(quality.Metrics["accuracy"].Value, Is.EqualTo((double)right / known.Count).Within(1e-12));
        Assert.That(quality.Metrics["recall"].Value, Is.EqualTo((double)positives.Count(row => row.Outputs[0][0] >= 0.5) / positives.Count).Within(1e-12));
        Assert.That(quality.Value, Is.EqualTo(positives.Sum(row => row.Outputs[0][0] >= 0.5 ? 10.0 : -100)).Within(1e-6));
        var counts = joined.Feedback;
        Assert.That(counts.Received, Is.EqualTo(labels.Length));
        Assert.That(counts.Joined, Is.EqualTo(known.Count));
        Assert.That(counts.Joined + counts.Repeated + counts.Replaced + counts.Unmatched + counts.Refused + counts.Unknown, Is.EqualTo(counts.Received));
    }

    private static JoinedHour Join(IEnumerable<FeedbackRecord> feedback, IEnumerable<PredictionRecord> predictions, HourPass? pass = null)
    {
        var join = new HourJoin(Hour, version => version == 1 ? Model : null, Now, pass ?? HourPass.Whole);
        foreach (var label in feedback)
            join.Add(label);
        foreach (var prediction in predictions)
            join.Add(prediction);
        return join.Complete("objects");
    }

    private static FeedbackRecord Feedback(int id, string label, DateTimeOffset at, int version = 1) =>
        new(Id(id, version), "pumps", version, "blue-1", at, JsonDocument.Parse(label).RootElement);

    private static PredictionRecord Prediction(int id, float score, float? second = null, int version = 1) => new(
        Id(id, version), "pumps", version, "pumps-job", "blue-1", Color.Blue, Hour.AddMinutes(1), JsonDocument.Parse("""[{ "kind": "L" }, { "kind": "H" }]""").RootElement,
        second is { } next ? [[score], [next]] : [[score]], 10);

    private static string Id(int id, int version) => Ids.Create("pumps", version, $"blue-{id.ToString(CultureInfo.InvariantCulture)}", Hour, 1);
}
