using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.PredictionLogs.Schema;

namespace Slipway.Analysis.Tests;

public sealed class PredictionLogPageTests
{
    private SampleLog _log = null!;

    [OneTimeSetUp]
    public async Task WriteLog() => _log = await SampleLog.WriteAsync();

    [OneTimeTearDown]
    public void DeleteLog() => _log.Dispose();

    [TestCase("predictions")]
    [TestCase("feedback")]
    public void ShowsTheColumnsOfTheCode(string table) =>
        Assert.That(
            PredictionLogPage.TableOf(table),
            Is.EqualTo((table == "predictions" ? PredictionColumns.All : FeedbackColumns.All).Select(column => $"| `{column.Name}` | `{column.Type}` | `{column.GlueType}` | {column.Meaning} |")));

    [TestCase("predictions")]
    [TestCase("feedback")]
    public void ShowsTheColumnsThatAnalystsSee(string table)
    {
        var expected = (table == "predictions" ? PredictionColumns.All : FeedbackColumns.All).Select(column => $"{column.Name} {column.Type}").Concat(["dt VARCHAR", "hh INTEGER"]);
        using var empty = LogDatabase.Open(Path.Combine(_log.Folder, "nothing"));
        using var database = LogDatabase.Open(_log.Folder);

        foreach (var one in new[] { database, empty })
            Assert.That(one.Rows($"SELECT column_name || ' ' || column_type FROM (DESCRIBE {table})"), Is.EqualTo(expected));
    }

    [Test]
    public void AthenaHasTheColumnsOfTheCode()
    {
        var terraform = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "tables.tf"));
        var columns = Regex.Matches(terraform, "name = \"([a-z_]+)\", type = \"([a-z,<>]+)\"").Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");

        Assert.That(columns, Is.EqualTo(PredictionColumns.All.Concat(FeedbackColumns.All).Select(column => $"{column.Name} {column.GlueType}")));
    }

    /// <summary>Athena reads a column by its name and the type of the table: another type in the file is an error, or a wrong value.</summary>
    [TestCase("predictions")]
    [TestCase("feedback")]
    public void AthenaHasTheTypesThatServersWrite(string table)
    {
        var file = Directory.EnumerateFiles(Path.Combine(_log.Folder, table), "*.parquet", SearchOption.AllDirectories).First();
        using var database = LogDatabase.Open(_log.Folder);
        var written = new Queue<string[]>(database.Rows($"SELECT name, type, coalesce(converted_type, split_part(logical_type, '(', 1)), num_children FROM parquet_schema('{file}')").Select(row => row.Split('|')));

        Assert.That(GlueColumns(written), Is.EqualTo((table == "predictions" ? PredictionColumns.All : FeedbackColumns.All).Select(column => $"{column.Name} {column.GlueType}")));
    }

    /// <summary>Athena itself is not here. Its queries are executed with the functions that DuckDB has for the same, and give what their twins give.</summary>
    [Test]
    public void AthenaQueriesGiveWhatTheirTwinsGive()
    {
        using var database = LogDatabase.Open(_log.Folder);

        Assert.That(PredictionLogPage.AthenaQueries, Has.Length.EqualTo(3));
        Assert.That(
            PredictionLogPage.AthenaQueries.Select(query => database.Rows(InDuckDb(query))),
            Is.EqualTo(PredictionLogPage.Queries[^3..].Select(query => database.Rows(query))));
    }

    [Test]
    public void HasQueriesThatRun()
    {
        using var database = LogDatabase.Open(_log.Folder);
        var results = PredictionLogPage.Queries.Select(query => database.Rows(query)).ToArray();

        Assert.That(results[0], Is.EqualTo(new[] { "machine-failure|12|9|3|0.5", "machine-failure|12|10|1|0.75", "pumps|3|9|1|0.25" }));
        Assert.That(results[1], Is.EqualTo(new[] { "machine-failure|12|3|0.6666666666666666" }), "two of three labels; of the corrected one, the last");
        Assert.That(results[2], Has.Length.EqualTo(4).And.Some.Contains("|M|42.5|1"));
        Assert.That(results[3], Is.EqualTo(new[] { "2026-11-29|Torque [Nm]|42.5|0", "2026-11-29|Wear|NULL|4" }));
        Assert.That(results[4], Is.EqualTo(new[] { "machine-failure|40", "pumps|40" }));
        Assert.That(results, Has.Length.EqualTo(5));
    }

    private static string InDuckDb(string athena) => athena
        .Replace("CROSS JOIN UNNEST(numbers) AS entry (input, value)", "CROSS JOIN LATERAL (SELECT unnest(map_keys(numbers)) AS input, unnest(map_values(numbers)) AS value)", StringComparison.Ordinal)
        .Replace("approx_percentile(", "approx_quantile(", StringComparison.Ordinal)
        .Replace("element_at(", "map_extract_value(", StringComparison.Ordinal);

    /// <summary>The columns of a Parquet schema as Hive names them: the root, then each node before its children.</summary>
    private static string[] GlueColumns(Queue<string[]> nodes)
    {
        var root = nodes.Dequeue();
        return [.. Enumerable.Range(0, int.Parse(root[3], CultureInfo.InvariantCulture)).Select(_ => { var (name, type) = Glue(nodes); return $"{name} {type}"; })];
    }

    private static (string Name, string Type) Glue(Queue<string[]> nodes)
    {
        var node = nodes.Dequeue();
        if (node[3] is "NULL" or "0")
            return (node[0], (node[1], node[2]) switch
            {
                ("BYTE_ARRAY", "UTF8") => "string",
                ("INT32", "NULL" or "INT_32") => "int",
                ("INT64", "TIMESTAMP_MILLIS" or "TimestampType") => "timestamp",
                ("DOUBLE", "NULL") => "double",
                ("FLOAT", "NULL") => "float",
                var other => $"unknown {other}",
            });
        // the repeated group within
        var children = int.Parse(nodes.Dequeue()[3], CultureInfo.InvariantCulture);
        var inner = string.Join(',', Enumerable.Range(0, children).Select(_ => Glue(nodes).Type));
        return (node[0], node[2] switch { "MAP" => $"map<{inner}>", "LIST" => $"array<{inner}>", var other => $"unknown {other}" });
    }
}
