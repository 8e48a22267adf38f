using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Querying;
using Slipway.Registry;

namespace Slipway.Analysis.Tests;

public sealed class QueryProgramTests
{
    private SampleLog _log = null!;
    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public async Task WriteLog()
    {
        _log = await SampleLog.WriteAsync();
        _folder = Directory.CreateTempSubdirectory("slipway-analysis-");
    }

    [OneTimeTearDown]
    public void DeleteLog()
    {
        _log.Dispose();
        TestFolder.Remove(_folder);
    }

    [Test]
    public async Task PrintsATable() =>
        Assert.That(await RunAsync("SELECT model, outputs, numbers, predicted_at FROM predictions WHERE predicted = '1' ORDER BY predicted_at LIMIT 1;"), Is.EqualTo("""
            model            outputs  numbers                         predicted_at
            ---------------  -------  ------------------------------  -----------------------
            machine-failure  [0.5]    {Torque [Nm]=42.5, Wear=NULL}   2026-11-29 09:00:02.000

            1 rows

            """.Replace("}   2026", "}  2026", StringComparison.Ordinal).Replace("numbers                         p", "numbers                        p", StringComparison.Ordinal).Replace("------------------------------  --", "-----------------------------  --", StringComparison.Ordinal).ReplaceLineEndings()));

    [Test]
    public async Task PrintsNoMoreRowsThanSomebodyReads()
    {
        var lines = (await RunAsync("SELECT range AS n FROM range(1000)")).Split(Environment.NewLine);

        Assert.That(lines, Has.Length.EqualTo(2 + ResultTable.MaxRows + 3));
        Assert.That(lines[^2], Is.EqualTo("The first 100 rows; --output=<file.csv> writes all of them."));
    }

    [Test]
    public async Task ShowsNoControlCharactersOfCallers() =>
        Assert.That(await RunAsync("SELECT 'a' || chr(27) || '[2J' || chr(10) || 'b' AS text"), Does.Contain("a?[2J?b"));

    [Test]
    public async Task WritesAFile()
    {
        var file = Path.Combine(_folder.FullName, "it's.csv");

        Assert.That(await RunAsync("SELECT model, count(*) AS rows FROM predictions GROUP BY model ORDER BY model -- all", file), Does.Contain(file));

        Assert.That(await File.ReadAllLinesAsync(file), Is.EqualTo(new[] { "model,rows", "machine-failure,4", "pumps,1" }));
    }

    [TestCase("SELECT torque FROM predictions", "torque")]
    [TestCase("SELEC 1", "syntax error")]
    public void SaysWhatIsWrongWithAQuery(string sql, string reason) =>
        Assert.That(() => RunAsync(sql), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("The query failed: ").And.Message.Contains(reason));

    [Test]
    public void StopsWhenItIsAskedTo()
    {
        using var database = LogDatabase.Open(_log.Folder);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.That(() => database.Query("SELECT count(*) FROM range(1000000000000)", rows => rows.Read(), stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task CopiesOnlyTheDaysOfABucketAndNotTooMuch()
    {
        var copy = Path.Combine(_folder.FullName, "copy");
        await BucketCopy.CopyAsync(_log.Store, SampleLog.Nine.AddHours(1), SampleLog.Nine.AddHours(2), copy, CancellationToken.None);
        using var database = LogDatabase.Open(copy);
        database.Query("SELECT count(*) FROM predictions", rows => Assert.That(rows.Read() && (long)rows.GetValue(0) == 1), CancellationToken.None);

        Assert.That(
            () => BucketCopy.CopyAsync(_log.Store, SampleLog.Nine, SampleLog.Nine.AddHours(2), copy, CancellationToken.None, maxBytes: 1000),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("query it with Athena"));
    }

    [Test]
    public void RequestsSurviveTheCommandLine()
    {
        var request = new QueryRequest("/some where", "SELECT 'ü' -- \"x\"", null, 3);

        Assert.That(QueryRequest.Of(request.ToJson()), Is.EqualTo(request));
    }

    private async Task<string> RunAsync(string sql, string? output = null)
    {
        await using var written = new StringWriter();
        await new QueryProgram(written, new FakeTimeProvider(SampleLog.Nine)).RunAsync(new(_log.Folder, sql, output, QueryRequest.DefaultDays), CancellationToken.None);
        return written.ToString();
    }
}
