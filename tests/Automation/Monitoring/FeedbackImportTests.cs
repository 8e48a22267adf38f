using System.Text;
using Slipway.Automation.Monitoring;
using Slipway.Registry;

namespace Slipway.Automation.Tests.Monitoring;

public sealed class FeedbackImportTests
{
    [Test]
    public async Task StoresTheLabelsOfAFileOnceHoweverOftenItIsRun()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f), (2, 0.2f), (3, 0.7f)]);
        var csv = $"predictionId,label\n{model.Id(1)},1\n{model.Id(2)},1\n{model.Id(3)},0\n";

        Assert.That(await ImportAsync(model, csv), Is.EqualTo((3L, 0L, 0L)));
        Assert.That(await ImportAsync(model, csv), Is.EqualTo((0L, 3L, 0L)));

        var report = await model.JoinAsync();
        Assert.That((report.Versions[1].Labels, report.Feedback.Received), Is.EqualTo((3L, 3L)));
        Assert.That(report.Versions[1].Metrics["accuracy"].Value, Is.EqualTo(1 / 3.0).Within(1e-12));
    }

    [Test]
    public async Task AFileThatWasStoredHalfwayIsCompletedByTheNextRun()
    {
        using var model = await MonitoredModel.StartAsync();
        var csv = new StringBuilder("predictionId,label,time\n");
        for (var id = 1; id <= 50; id++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{model.Id(id)},{id % 2},2026-01-02T02:00:00Z\n");
        csv.Append("torn\n");

        Assert.That(() => ImportAsync(model, csv.ToString(), batch: 20), Throws.TypeOf<SlipwayException>().With.Message.Contains("data row 51"));
        var whole = csv.ToString().Replace("torn\n", "", StringComparison.Ordinal);
        Assert.That(await ImportAsync(model, whole, batch: 20), Is.EqualTo((50L, 0L, 0L)));
        Assert.That(await ImportAsync(model, whole, batch: 20), Is.EqualTo((0L, 50L, 0L)));
        await model.LogAsync(Enumerable.Range(1, 50).Select(id => (id, 0.9f)));
        Assert.That((await model.JoinAsync()).Feedback.Joined, Is.EqualTo(50));
    }

    [Test]
    public async Task OfSeveralLabelsInAFileTheLastOneCounts()
    {
        using var model = await MonitoredModel.StartAsync();
        await model.LogAsync([(1, 0.9f), (2, 0.9f)]);
        var csv = $"label;predictionId;time\n0;{model.Id(1)};\n1;{model.Id(1)};\n1;{model.Id(2)};2026-01-02T02:30:00Z\n0;{model.Id(2)};2026-01-02T02:10:00Z\n";

        Assert.That(await ImportAsync(model, csv), Is.EqualTo((2L, 2L, 0L)));
        Assert.That((await model.JoinAsync()).Versions[1].Metrics["accuracy"].Value, Is.EqualTo(1));
    }

    [Test]
    public async Task SaysWhyAndWhereALineIsRefused()
    {
        using var model = await MonitoredModel.StartAsync();
        var other = model.Ids.Create("valves", 1, "blue-1", model.Hour, 1);
        var forged = model.Id(1)[..^1] + (model.Id(1)[^1] == '0' ? '1' : '0');
        string[] lines =
        [
            "nonsense,1,,", $"{forged},1,,", $"{other},1,,", $"{model.Id(1)},maybe,,", $"{model.Id(1)},,,", $"{model.Id(1, version: 9)},1,,",
            $"{model.Id(1)},1,one,", $"{model.Id(1)},1,,yesterday", $"{model.Id(1)},1,,2099-01-01", $"{model.Id(1)},1,,2025-12-31",
        ];

        var imported = await RunAsync(model, $"predictionId,label,row,time\n{string.Join('\n', lines)}\n");

        Assert.That(imported.Refused, Is.EqualTo(lines.Length));
        Assert.That(imported.Reasons, Is.EqualTo(new[]
        {
            "Data row 1: 'nonsense' is not a prediction id of this environment.",
            $"Data row 2: '{forged}' is not a prediction id of this environment.",
            "Data row 3: the prediction is from 'valves', not from 'pumps'.",
            "Data row 4: the label 'maybe' is not one of 0, 1.",
            "Data row 5: the label is empty.",
            "Data row 6: version 9 is gone, so that nobody knows what its predictions mean.",
            "Data row 7: 'one' is not a row: rows are numbered from 0.",
            "Data row 8: 'yesterday' is not a time such as 2026-01-31T12:00:00Z.",
            "Data row 9: the time is in the future.",
            "Data row 10: the time is before the prediction.",
        }));
    }

    [Test]
    public async Task NamesTheColumnThatIsMissing()
    {
        using var model = await MonitoredModel.StartAsync();

        Assert.That(
            () => RunAsync(model, "id,label\nx,1\n"),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo("labels.csv has no column 'predictionId' in its header. The columns are predictionId and label, and optionally row and time; it has id, label."));
    }

    private static async Task<(long Accepted, long Repeated, long Refused)> ImportAsync(MonitoredModel model, string csv, int batch = FeedbackImport.Batch)
    {
        var imported = await RunAsync(model, csv, batch);
        return (imported.Accepted, imported.Repeated, imported.Refused);
    }

    private static Task<FeedbackImported> RunAsync(MonitoredModel model, string csv, int batch = FeedbackImport.Batch) =>
        new FeedbackImport(model.Store, "pumps", new(model.Store, "pumps", model.Ids, model.Time), model.Time, batch)
            .RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "labels.csv", default);
}
