using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Slipway.PredictionLogs;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Analysis;

/// <summary>Fills a folder with a day of predictions and labels as servers write them, and measures what reading them takes.</summary>
public sealed class LogMeasurement(string folder, int rows, TextWriter output, TimeProvider time)
{
    private const int RowsInObject = 10_000;
    private const int PredictionsOfALabel = 10;

    private readonly DirectoryObjectStore _store = new(Path.GetFullPath(folder));
    private readonly PredictionIds _ids = new(new byte[32]);
    private readonly Random _random = new(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new SlipwayException($"'{folder}' is not empty. Choose a new folder: this fills it.");

        var day = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var (bytes, sought) = await FillAsync(day, cancellation);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{rows} predictions, {(double)bytes / rows:0.0} bytes each; {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMicroseconds / rows:0.0} µs of processor time each, with their ids and a label for one in {PredictionsOfALabel}"));

        foreach (var id in new[] { sought, sought })
        {
            if (!PredictionIds.TryParse(id, out var parsed))
                throw new SlipwayException($"{id} is not a prediction id.");
            var found = await TimedAsync("trace by id", () => new PredictionLogReader(_store).FindAsync(parsed, id, cancellation));
            if (found is null)
                throw new SlipwayException($"{id} was not found.");
        }

        using var database = LogDatabase.Open(folder);
        foreach (var (name, sql) in Queries(day, sought))
            await TimedAsync(name, () =>
            {
                database.Print(sql, output, cancellation);
                return Task.FromResult(true);
            });
    }

    private static IEnumerable<(string Name, string Sql)> Queries(DateTimeOffset day, string id)
    {
        var dt = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        yield return ("accuracy of a day", $"""
            WITH labels AS (SELECT prediction_id, row_index, max_by(label, labeled_at) AS label FROM feedback WHERE dt = '{dt}' GROUP BY prediction_id, row_index)
            SELECT model, version, count(*) AS labeled, avg(CASE WHEN predicted = label THEN 1.0 ELSE 0.0 END) AS accuracy
            FROM predictions JOIN labels USING (prediction_id, row_index) WHERE dt = '{dt}' GROUP BY model, version
            """);
        yield return ("positives, mean score and slowest percentile of a day", $"SELECT model, version, count(*) AS rows, avg(outputs[1]) AS score, approx_quantile(latency_us, 0.99) AS p99 FROM predictions WHERE dt = '{dt}' GROUP BY model, version");
        yield return ("mean of an input of a day", $"SELECT avg(numbers['Torque [Nm]']) AS torque FROM predictions WHERE dt = '{dt}'");
        yield return ("one prediction by id in SQL", $"SELECT predicted, outputs FROM predictions WHERE dt = '{dt}' AND prediction_id = '{id}'");
    }

    private async Task<(long Bytes, string Sought)> FillAsync(DateTimeOffset day, CancellationToken cancellation)
    {
        var (bytes, sought) = (0L, "");
        var first = PredictionSequence.CountFrom(day);
        for (var done = 0; done < rows; done += RowsInObject)
        {
            var count = Math.Min(RowsInObject, rows - done);
            var at = day.AddHours(Math.Floor(24.0 * done / rows));
            using var predictions = new PredictionRows();
            using var labels = new FeedbackRows();
            for (var i = 0; i < count; i++)
            {
                var id = _ids.Create("machine-failure", 12, "blue-abcdef", at, PredictionSequence.Of(first + (ulong)(done + i), 1));
                if (done + i == rows / 2)
                    sought = id;
                var output = Add(predictions, id, at.AddMilliseconds(i * 7));
                if ((done + i) % PredictionsOfALabel == 0)
                    labels.Add(new(id, "machine-failure", 12, "blue-abcdef", at.AddDays(1), JsonSerializer.SerializeToElement(_random.NextDouble() < output ? "1" : "0")), 1);
                await predictions.EndAsync(cancellation);
            }

            var name = new LogObjectName("blue-abcdef", first + (ulong)done, first + (ulong)(done + count - 1), "abcdef");
            bytes += await PutAsync(StoreKeys.PredictionPartition(at) + name, predictions, cancellation);
            await PutAsync(StoreKeys.FeedbackPartition(at) + name, labels, cancellation);
        }

        return (bytes, sought);
    }

    // the columns of the sample model, with values as precise as in its dataset
    private float Add(PredictionRows target, string id, DateTimeOffset at)
    {
        var output = (float)Math.Pow(_random.NextDouble(), 8);
        target.Begin(new(id.AsMemory(), at, "machine-failure", 12, "machine-failure-0123456789ab-a1", "blue", "blue-abcdef", 20 + _random.Next(40)), 0, [output], output >= 0.5 ? "1" : "0");
        target.Number("Air temperature [K]", Math.Round(295 + _random.NextDouble() * 10, 1));
        target.Number("Process temperature [K]", Math.Round(305 + _random.NextDouble() * 9, 1));
        target.Number("Rotational speed [rpm]", _random.Next(1168, 2887));
        target.Number("Torque [Nm]", Math.Round(_random.NextDouble() * 73, 1));
        target.Number("Tool wear [min]", _random.Next(254));
        target.Category("Type", _random.Next(10) switch { < 6 => "L", < 9 => "M", _ => "H" });
        target.EndRaw();
        return output;
    }

    private async Task<long> PutAsync(string key, LogRows filled, CancellationToken cancellation)
    {
        await filled.CompleteAsync(cancellation);
        using var content = filled.Read();
        await _store.PutAsync(key, content, PutCondition.None, cancellation);
        return content.Length;
    }

    private async Task<T> TimedAsync<T>(string what, Func<Task<T>> run)
    {
        var started = time.GetTimestamp();
        var result = await run();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {time.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        return result;
    }
}
