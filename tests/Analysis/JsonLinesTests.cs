using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Analysis.Tests;

/// <summary>A folder with Parquet objects, and with JSON lines of earlier servers.</summary>
public sealed class JsonLinesTests
{
    private static readonly DateTimeOffset Eight = SampleLog.Nine.AddHours(-1);

    private static readonly LoggedVersion Failure = LoggedVersion.Of("machine-failure", 12, new(
        ModelTask.Binary, "failed",
        [
            new("Torque [Nm]", ColumnKind.Numeric, null, 40, 0, 80), new("Type", ColumnKind.Categorical, ["L", "M"], null, null, null),
            new("it's who", ColumnKind.Categorical, ["ann", "bob"], null, null, null, Personal: true),
        ],
        ["torque", "l", "m", "ann", "bob"], ModelSchema.OutputOf(ModelTask.Binary, 2), 0.4, ["no", "yes"]));

    private SampleLog _log = null!;

    [OneTimeSetUp]
    public async Task WriteLog()
    {
        _log = await SampleLog.WriteAsync();
        await WriteAsync(
            "machine-failure/2026/11/29/08/blue-1-1.jsonl.gz", RegistryJsonLines.Default.PredictionRecord,
            Prediction(101, """[{"Torque [Nm]":"42.5","Type":"M","it's who":"ann"},{"Torque [Nm]":null,"Type":7,"\"odd\"":true}]""", [[0.39f], [0.41f]]),
            Prediction(102, "[[1.5,0,1,1,null]]", [[float.NaN]]));
        await WriteAsync(
            "machine-failure/2026/11/29/08/feedback.blue-1-1.jsonl.gz", RegistryJsonLines.Default.FeedbackRecord,
            Label(101, """["no","no"]""", null), Label(102, "1", null), Label(101, "\"yes\"", 1), Label(101, "true", null));
        await WriteAsync("gone/2026/11/29/08/blue-1-1.jsonl.gz", RegistryJsonLines.Default.PredictionRecord, Prediction(103, """[{"Wear":3,"Type":"M","x":null}]""", [[0.1f, 0.7f, 0.2f]], "gone"));
    }

    [OneTimeTearDown]
    public void DeleteLog() => _log.Dispose();

    [Test]
    public void AreRowsOfTheSameTables()
    {
        using var database = LogDatabase.Open(_log.Folder, [Failure]);

        Assert.That(
            database.Rows("SELECT model, dt, hh, count(*) AS rows, count(predicted) AS predicted FROM predictions GROUP BY ALL ORDER BY ALL"),
            Is.EqualTo(new[] { "gone|2026-11-29|8|1|0", "machine-failure|2026-11-29|8|3|3", "machine-failure|2026-11-29|9|3|3", "machine-failure|2026-11-29|10|1|1", "pumps|2026-11-29|9|1|1" }));
        Assert.That(
            database.Rows("SELECT model, hh, count(*) AS labels FROM feedback GROUP BY ALL ORDER BY ALL"), Is.EqualTo(new[] { "machine-failure|8|6", "machine-failure|9|4" }));
    }

    [Test]
    public void HaveTheirValuesByColumnAndNoPersonalOnes()
    {
        using var database = LogDatabase.Open(_log.Folder, [Failure]);

        Assert.That(
            database.Rows("SELECT row_index, numbers::VARCHAR, categories::VARCHAR, features::VARCHAR, outputs::VARCHAR, predicted, latency_us, color, replica, training_job, predicted_at::VARCHAR FROM predictions WHERE hh = 8 AND model = 'machine-failure' ORDER BY prediction_id, row_index"),
            Is.EqualTo(new[]
            {
                "0|{'Torque [Nm]'=42.5}|{Type=M}|NULL|[0.39]|no|12|green|blue-1|job|2026-11-29 08:00:01+00",
                "1|{'Torque [Nm]'=NULL}|{Type=7, '\"odd\"'=true}|NULL|[0.41]|yes|12|green|blue-1|job|2026-11-29 08:00:01+00",
                "0|NULL|NULL|[1.5, 0.0, 1.0, NULL, NULL]|[nan]|no|12|green|blue-1|job|2026-11-29 08:00:01+00",
            }));
    }

    [Test]
    public void OfAVersionThatIsGoneHaveTheirValuesAsTheyWereSent()
    {
        using var database = LogDatabase.Open(_log.Folder, [Failure]);

        Assert.That(
            database.Rows("SELECT numbers::VARCHAR, categories::VARCHAR, outputs::VARCHAR, predicted FROM predictions WHERE model = 'gone'"),
            Is.EqualTo(new[] { "{Wear=3.0}|{Type=M, x=NULL}|[0.1, 0.7, 0.2]|NULL" }));
    }

    [Test]
    public void LabelsHaveTheirRows()
    {
        using var database = LogDatabase.Open(_log.Folder, [Failure]);

        Assert.That(
            database.Rows("SELECT row_index, label, label_number, version, labeled_at::VARCHAR FROM feedback WHERE hh = 8 ORDER BY prediction_id, row_index, label"),
            Is.EqualTo(new[] { "0|no|NULL|12|2026-11-30 08:00:00+00", "0|true|NULL|12|2026-11-30 08:00:00+00", "1|no|NULL|12|2026-11-30 08:00:00+00", "1|true|NULL|12|2026-11-30 08:00:00+00", "1|yes|NULL|12|2026-11-30 08:00:00+00", "0|1|1|12|2026-11-30 08:00:00+00" }));
    }

    [Test]
    public void HaveTheColumnsOfTheTables()
    {
        using var database = LogDatabase.Open(_log.Folder, [Failure]);

        Assert.That(database.Rows("SELECT column_name || ' ' || column_type FROM (DESCRIBE predictions)").Take(4), Is.EqualTo(new[] { "prediction_id VARCHAR", "row_index INTEGER", "predicted_at TIMESTAMP WITH TIME ZONE", "model VARCHAR" }));
        foreach (var table in new[] { "predictions", "feedback" })
        {
            using var objects = LogDatabase.Open(Path.Combine(_log.Folder, "nothing"));
            var sql = $"SELECT column_name || ' ' || column_type FROM (DESCRIBE {table})";
            Assert.That(database.Rows(sql), Is.EqualTo(objects.Rows(sql)));
        }
    }

    [Test]
    public void AloneAreTables()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-analysis-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "predictions/machine-failure/2026/11/29/08"));
            foreach (var name in new[] { "blue-1-1.jsonl.gz", "feedback.blue-1-1.jsonl.gz" })
                File.Copy(Path.Combine(_log.Folder, "predictions/machine-failure/2026/11/29/08", name), Path.Combine(folder.FullName, "predictions/machine-failure/2026/11/29/08", name));
            using var database = LogDatabase.Open(folder.FullName);

            Assert.That(database.Rows("SELECT (SELECT count(*) FROM predictions) AS predictions, (SELECT count(*) FROM feedback) AS labels"), Is.EqualTo(new[] { "3|6" }));
        }
        finally
        {
            TestFolder.Remove(folder);
        }
    }

    [Test]
    public async Task OfABucketAreCopiedWithTheirDays()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-analysis-");
        try
        {
            await BucketCopy.CopyAsync(_log.Store, Eight, SampleLog.Nine, folder.FullName, CancellationToken.None);
            using var database = LogDatabase.Open(folder.FullName, [Failure]);

            Assert.That(database.Rows("SELECT count(*) AS rows FROM predictions"), Is.EqualTo(new[] { "4" }));
            Assert.That(await LoggedVersion.ReadAsync(_log.Store, folder.FullName, CancellationToken.None), Is.Empty, "no manifest is in the store");
        }
        finally
        {
            TestFolder.Remove(folder);
        }
    }

    private static PredictionRecord Prediction(ulong count, string inputs, float[][] outputs, string model = "machine-failure") =>
        new(SampleLog.Id(count, model, 12, Eight), model, 12, "job", "blue-1", Color.Green, Eight.AddSeconds(1), JsonElement.Parse(inputs), outputs, 12.3);

    private static FeedbackRecord Label(ulong count, string label, int? row) => new(SampleLog.Id(count, at: Eight), "machine-failure", 12, "blue-1", Eight.AddDays(1), JsonElement.Parse(label), row);

    private async Task WriteAsync<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, params T[] records)
    {
        using var content = new MemoryStream();
        await using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            foreach (var record in records)
                gzip.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, type) + "\n"));
        content.Position = 0;
        await _log.Store.PutAsync(StoreKeys.Predictions + name, content, PutCondition.Absent);
    }
}
