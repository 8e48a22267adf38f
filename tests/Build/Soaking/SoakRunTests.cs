using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Cli.Soaking;
using Slipway.Registry;
using Slipway.Soak;
using Slipway.Soak.Fleet;
using Slipway.Soak.Rows;

namespace Slipway.Build.Tests.Soaking;

public sealed class SoakRunTests
{
    private static readonly SoakRequest Request = new("/root", "/root/.slipway/.soak", "pumps", Quick: true, Row: null, Seed: 7, new(0, 0, TimeSpan.FromSeconds(1)), new("unknown", Dirty: false), "Käthe", null);

    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void DeleteFolder() => TestFolder.Remove(_folder);

    [Test]
    public async Task RunsEveryRowWhateverHappensToTheOthers()
    {
        var findings = await RunAsync(
            new FakeRow("one", (_, _) => Task.FromResult(SoakFixture.Good)),
            new FakeRow("two", (_, _) => throw new RowUnavailableException("no namespaces")),
            new FakeRow("three", (_, _) => throw new SlipwayException("The store is gone.")),
            new FakeRow("four", (_, _) => Task.FromResult(SoakFixture.Good with { Failures = 2 })));

        Assert.That(findings.Rows.Select(row => row.Verdict), Is.EqualTo(new[] { RowVerdict.Holds, RowVerdict.NotRun, RowVerdict.Error, RowVerdict.Broken }));
        Assert.That(findings.Rows.Select(row => row.Reason), Is.EqualTo(new[] { null, "no namespaces", "The store is gone.", "2 of 200 trials failed: 0 of 200 accepted" }));
        Assert.That((findings.Plan, findings.Seed, findings.IsComplete), Is.EqualTo(("quick", 7, true)));
    }

    [Test]
    public async Task GivesEveryRowAFolderAndRemovesIt()
    {
        string? seen = null;
        await RunAsync(new FakeRow("one", (context, _) =>
        {
            seen = context.Work;
            File.WriteAllText(Path.Combine(context.Work, "file"), "");
            return Task.FromResult(SoakFixture.Good);
        }));

        Assert.That(seen, Is.EqualTo(Path.Combine(_folder, "one")));
        Assert.That(Directory.Exists(seen), Is.False);
    }

    [Test]
    public async Task DeploysOnceAndOnlyIfARowNeedsIt()
    {
        var deployed = 0;
        Task<SoakFleet> Deploy(CancellationToken _)
        {
            deployed++;
            return Task.FromResult(new SoakFleet(null!, "pumps", default, null!, null!));
        }

        FakeRow Row(string name, bool needsFleet) => new(name, (context, _) =>
        {
            Assert.That(context.Deployed is not null, Is.EqualTo(needsFleet));
            return Task.FromResult(SoakFixture.Good);
        })
        { NeedsFleet = needsFleet };

        await RunAsync([Row("one", false)], Deploy);
        Assert.That(deployed, Is.Zero);
        var findings = await RunAsync([Row("two", true), Row("three", true), Row("four", false)], Deploy);
        Assert.That(deployed, Is.EqualTo(1));
        Assert.That(findings.Rows.Select(row => row.Reason), Has.All.Null);
    }

    [Test]
    public void EndsWhenItIsStopped()
    {
        using var stop = new CancellationTokenSource();
        var row = new FakeRow("one", async (_, cancellation) =>
        {
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            return SoakFixture.Good;
        });

        Assert.That(() => RunAsync([row, new FakeRow("two", (_, _) => throw new InvalidOperationException())], NoFleet, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void SelectsOneRowAndNamesAllForAnUnknownOne()
    {
        ISoakRow[] rows = [new FakeRow("one", (_, _) => Task.FromResult(SoakFixture.Good)), new FakeRow("two", (_, _) => Task.FromResult(SoakFixture.Good))];

        Assert.That(RowCatalog.Selected(rows, null), Is.EqualTo(rows));
        Assert.That(RowCatalog.Selected(rows, "two"), Is.EqualTo(new[] { rows[1] }));
        Assert.That(() => RowCatalog.Selected(rows, "three"), Throws.InstanceOf<UsageException>().With.Message.Contains("Rows: one, two."));
    }

    [Test]
    public void ListsRowsWithNamesThatFitIntoACommand()
    {
        Assert.That(RowCatalog.All, Has.Count.AtLeast(2));
        Assert.That(RowCatalog.All.Select(row => row.Name), Is.Unique.And.All.Match("^[a-z]+(-[a-z]+)*$"));
        Assert.That(RowCatalog.All.SelectMany(row => new[] { row.Fault, row.Bound }), Has.All.EndsWith("."));
    }

    [Test]
    public void RandomNumbersDependOnTheSeedAndTheRowAlone()
    {
        SoakContext Context(int seed) => new(Request with { Seed = seed }, SoakPlan.Quick, "", null, TimeProvider.System);

        var (first, again, otherRow, otherSeed) = (Context(7).Random("a").Next(), Context(7).Random("a").Next(), Context(7).Random("b").Next(), Context(8).Random("a").Next());
        Assert.That(again, Is.EqualTo(first));
        Assert.That(first, Is.Not.EqualTo(otherRow).And.Not.EqualTo(otherSeed));
    }

    private static Task<SoakFleet> NoFleet(CancellationToken cancellation) => throw new InvalidOperationException("No row needs it.");

    private Task<SoakFindings> RunAsync(params ISoakRow[] rows) => RunAsync(rows, NoFleet);

    private Task<SoakFindings> RunAsync(ISoakRow[] rows, Func<CancellationToken, Task<SoakFleet>> deploy, CancellationToken cancellation = default) =>
        new SoakRun(Request, SoakPlan.Quick, rows, deploy, _folder, new PlainReport(TextWriter.Null, new(), new FakeTimeProvider()), new FakeTimeProvider())
            .RunAsync(Benchmarks.BenchmarkFixture.QuietMachine, cancellation);
}
