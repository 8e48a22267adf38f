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
            Assert.That(Rows(one, $"SELECT column_name || ' ' || column_type FROM (DESCRIBE {table})"), Is.EqualTo(expected));
    }

    [Test]
    public void AthenaHasTheColumnsOfTheCode()
    {
        var terraform = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "tables.tf"));
        var columns = Regex.Matches(terraform, "name = \"([a-z_]+)\", type = \"([a-z,<>]+)\"").Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");

        Assert.That(columns, Is.EqualTo(PredictionColumns.All.Concat(FeedbackColumns.All).Select(column => $"{column.Name} {column.GlueType}")));
    }

    [Test]
    public void HasQueriesThatRun()
    {
        using var database = LogDatabase.Open(_log.Folder);
        var results = PredictionLogPage.Queries.Select(query => Rows(database, query)).ToArray();

        Assert.That(results[0], Is.EqualTo(new[] { "machine-failure|12|9|3|0.5", "machine-failure|12|10|1|0.75", "pumps|3|9|1|0.25" }));
        Assert.That(results[1], Is.EqualTo(new[] { "machine-failure|12|3|0.6666666666666666" }), "two of three labels; of the corrected one, the last");
        Assert.That(results[2], Has.Length.EqualTo(4).And.Some.Contains("|M|42.5|1"));
        Assert.That(results[3], Is.EqualTo(new[] { "2026-11-29|Torque [Nm]|42.5|0", "2026-11-29|Wear|NULL|4" }));
        Assert.That(results[4], Is.EqualTo(new[] { "machine-failure|40", "pumps|40" }));
        Assert.That(results, Has.Length.EqualTo(5));
    }

    private static string[] Rows(LogDatabase database, string sql)
    {
        var all = new List<string>();
        database.Query(sql, rows =>
        {
            while (rows.Read())
                all.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => rows.IsDBNull(column) ? "NULL" : FormattableString.Invariant($"{rows.GetValue(column)}"))));
        }, CancellationToken.None);
        return [.. all];
    }
}
