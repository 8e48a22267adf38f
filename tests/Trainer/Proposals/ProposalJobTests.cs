using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Proposals;
using Slipway.Trainer.Proposals.Choices;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Tests.Trainers.BoostedTrees;

namespace Slipway.Trainer.Tests.Proposals;

/// <summary>Complete CSV files: the proposed spec can be trained unchanged, and passes its own gates.</summary>
public sealed class ProposalJobTests
{
    private readonly ProposalRoom _room = new();

    [OneTimeTearDown]
    public void Remove() => _room.Dispose();

    [Test]
    public async Task MakesABinaryModel()
    {
        using var room = new ProposalRoom().Give(MadeUpCsv.Of(900, MadeUpCsv.Binary)).Propose("outcome");

        Assert.That((room.Spec.Task, room.Spec.Positive), Is.EqualTo((ModelTask.Binary, "yes")));
        Assert.That(room.Spec.Id, Is.EqualTo(new[] { "id" }));
        Assert.That(room.Spec.Ignore, Is.EqualTo(new[] { "note" }));
        Assert.That(room.Spec.Features, Is.EqualTo(new Dictionary<string, ColumnKind>
        {
            ["heat"] = ColumnKind.Numeric,
            ["load"] = ColumnKind.Numeric,
            ["site"] = ColumnKind.Categorical,
        }));
        Assert.That(room.Spec.Gates.Metrics["averagePrecision"].AtLeast, Is.InRange(0.5, 0.95));
        Assert.That(room.Json, Does.Match(@"""averagePrecision"": \{ ""atLeast"": 0\.\d+ \}, +// \[0\.\d+\] chance: 0\.\d+"));
        Assert.That(room.Findings, Does.StartWith("data.csv: 900 rows, 6 columns\n").And.Contain("positive is 'yes'").And.Not.Contain("Warning"));
        await room.ShouldPassItsOwnGates();
    }

    [Test]
    public async Task MakesAMulticlassModel()
    {
        using var room = new ProposalRoom().Give(MadeUpCsv.Of(600, MadeUpCsv.Classes)).Propose("outcome");

        Assert.That(room.Spec.Task, Is.EqualTo(ModelTask.Multiclass));
        Assert.That(room.Spec.Gates.Metrics.Keys, Does.Contain("accuracy").And.Contain("macroF1"));
        await room.ShouldPassItsOwnGates();
    }

    [Test]
    public async Task MakesARegressionModel()
    {
        using var room = new ProposalRoom().Give(MadeUpCsv.Of(600, MadeUpCsv.Number)).Propose("outcome");

        Assert.That(room.Spec.Task, Is.EqualTo(ModelTask.Regression));
        Assert.That(room.Spec.Gates.Metrics.Keys, Is.EqualTo(new[] { "rmse", "r2" }));
        await room.ShouldPassItsOwnGates();
    }

    /// <summary>Proposed on x64, trained on Arm.</summary>
    [TestCase(SampleModels.PredictiveMaintenance, "Machine failure")]
    [TestCase(SampleModels.FuelEconomy, "mpg")]
    [TestCase(SampleModels.FuelEconomy, "origin")]
    [TestCase(SampleModels.FuelEconomy, "weight")]
    public async Task GatesHoldWithTheTreesOfTheOtherLibrary(string dataset, string label)
    {
        var csv = SampleModels.Csv(dataset);
        using var room = new ProposalRoom().Give(dataset == SampleModels.PredictiveMaintenance ? SampleModels.Without(csv, "TWF", "HDF", "PWF", "OSF", "RNF") : csv).Propose(label);

        TestContext.Out.WriteLine(room.Findings);
        Assert.That(room.Spec.Trainer, Is.EqualTo(TrainerNames.BoostedTrees), "trees are not chosen, so this proves nothing");
        await room.ShouldPassItsOwnGates();
        await room.ShouldPassItsOwnGates(WithoutLightGbm.Trainers);
    }

    [TestCase(';', "\n", false)]
    [TestCase('\t', "\r\n", false)]
    [TestCase(',', "\r\n", true)]
    public async Task ReadsAnyCsv(char delimiter, string lineEnd, bool mark)
    {
        var csv = MadeUpCsv.Of(300, MadeUpCsv.Classes, delimiter, lineEnd);
        using var room = new ProposalRoom().Give((mark ? "\uFEFF" : "") + csv).Propose("outcome");

        Assert.That(room.Spec.Features.Keys, Is.EqualTo(new[] { "heat", "load", "site" }));
        await room.ShouldPassItsOwnGates();
    }

    [Test]
    public async Task WritesAnyNameOfAColumnSoThatItReadsBack()
    {
        var names = new Dictionary<string, string>
        {
            ["heat"] = "he said \"hot\", \\ // and\nwent",
            ["load"] = "Größe 水 🚚 <b>&",
            ["site"] = new string('s', 3000),
            ["note"] = "a \u2028 b */ c",
            ["outcome"] = "out\r\ncome \"x\"",
        };
        string Quoted(string name) => $"\"{names.GetValueOrDefault(name, name).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        using var room = new ProposalRoom().Give(MadeUpCsv.Of(300, MadeUpCsv.Classes, rename: Quoted)).Propose(names["outcome"]);

        Assert.That(room.Spec.Label, Is.EqualTo(names["outcome"]));
        Assert.That(room.Spec.Features.Keys, Is.EqualTo(new[] { names["heat"], names["load"], names["site"] }));
        Assert.That(room.Spec.Ignore, Is.EqualTo(new[] { names["note"] }));
        await room.ShouldPassItsOwnGates();
    }

    [TestCase(SampleModels.TumorDiagnosis)]
    [TestCase(SampleModels.Penguins)]
    [TestCase(SampleModels.FuelEconomy)]
    [TestCase(SampleModels.PredictiveMaintenance)]
    public async Task ComesToTheSameModelAsAPersonDid(string model)
    {
        var owners = SampleModels.Spec(model);
        using var room = new ProposalRoom().Give(SampleModels.Csv(model)).Propose(owners.Label);

        Assert.That(room.Spec.Task, Is.EqualTo(owners.Task));
        Assert.That(room.Spec.Features, Is.EqualTo(owners.Features));
        Assert.That(room.Spec.Positive ?? "1", Is.EqualTo(owners.Positive ?? "1"));
        await room.ShouldPassItsOwnGates();
    }

    [Test]
    public void SuspectsAFeatureThatPredictsTheTargetAlone()
    {
        using var room = new ProposalRoom().Give(SampleModels.Csv(SampleModels.PredictiveMaintenance)).Propose("Machine failure");

        Assert.That(room.Spec.Ignore, Is.EqualTo(new[] { "Product ID", "TWF", "HDF", "PWF", "OSF", "RNF" }));
        Assert.That(room.Findings, Does.Contain("Warning: 'TWF', 'HDF', 'PWF', 'OSF', 'RNF' predict the target so well"));
        Assert.That(room.Json, Does.Match("\"HDF\", +// is '1' in \\d+ rows, and 'Machine failure' is '1' in all of them"));
    }

    [Test]
    public void SaysOnceHowToLearnFromColumnsThatWouldBeNumbers()
    {
        using var room = new ProposalRoom().Give("a,b,c,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{(i % 60 == 0 ? "NA" : i * 37 % 301)},{(i == 7 ? "?" : i * 53 % 307)},{i * 31 % 293}.5,{i % 2}\n"))).Propose("y");

        Assert.That(room.Spec.Ignore, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(room.Findings, Does.Contain("'b': could be numeric").And.Contain("it contains placeholders for missing values ('?' in data row 8)"));
        Assert.That(room.Findings, Does.Contain("Warning: 'a', 'b' would be numeric columns except for some values. To use them, leave the cell empty if a value is missing; then delete the model's folder"));
    }

    [Test]
    public async Task KeepsASuspectThatIsTheOnlyFeature()
    {
        using var room = new ProposalRoom().Give("x,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i * 37 % 301}.5,{(i * 37 % 301 > 150 ? "yes" : "no")}\n"))).Propose("y");

        Assert.That(room.Spec.Features.Keys, Is.EqualTo(new[] { "x" }));
        Assert.That(room.Findings, Does.Contain("Warning: 'x' predicts the target so well").And.Contain("no other feature"));
        await room.ShouldPassItsOwnGates();
    }

    [Test]
    public async Task SaysPlainlyThatNothingIsBetterThanChance()
    {
        var random = new Random(8);
        using var room = new ProposalRoom().Give("a,b,y\n" + string.Concat(Enumerable.Range(0, 500).Select(_ => $"{random.NextDouble()},{random.NextDouble()},{random.Next(2)}\n"))).Propose("y");

        Assert.That(room.Findings, Does.Contain("Warning: these columns do not predict the target significantly better than chance"));
        Assert.That(room.Json, Does.Contain("nothing was significantly better than chance"));
        Assert.That(room.Spec.Gates.Metrics["auc"].AtLeast, Is.GreaterThan(0.5));
        Assert.That((await room.TrainAsync()).Verdicts.Select(verdict => verdict.Rule), Does.Contain("metric auc"), "it passes, or says why not");
    }

    [Test]
    public async Task TakesASampleOfManyRowsForTheFirstModel()
    {
        using var room = new ProposalRoom().Give(MadeUpCsv.Of(6000, MadeUpCsv.Binary)).Propose("outcome", mostRows: 1500);
        var holdout = Regex.Match(room.Findings, @"holdout +([\d,]+) rows").Groups[1].Value.Replace(",", "", StringComparison.Ordinal);

        Assert.That(int.Parse(holdout, CultureInfo.InvariantCulture), Is.EqualTo(300).Within(70), "a fifth of the sample");
        Assert.That(room.Spec.Gates.Data!.RowsAtLeast, Is.EqualTo(3000), "half of all rows");
        Assert.That(room.Json, Does.Contain("6,000 rows"));
        await room.ShouldPassItsOwnGates();
    }

    [Test]
    public void FindsTheDatasetNextToIt()
    {
        using var room = new ProposalRoom();
        var beside = Path.Combine(Path.GetDirectoryName(room.Output)!, "mine.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
        File.WriteAllText(beside, MadeUpCsv.Of(300, MadeUpCsv.Classes));
        new ProposalJob(TextWriter.Null, new(TextWriter.Null, TimeProvider.System), TimeProvider.System)
            .Run(new(beside, "outcome", "new-model", null, room.Output), CancellationToken.None);

        Assert.That(room.Spec.Dataset, Is.EqualTo(new SampleDataset("mine.csv")));
    }

    [Test]
    public void NeverOverwritesAModel()
    {
        using var room = new ProposalRoom().Give(MadeUpCsv.Of(300, MadeUpCsv.Classes)).Propose("outcome");
        var before = room.Json;

        Assert.That(() => room.Propose("outcome"), Throws.TypeOf<SlipwayException>().With.Message.Contains("is not overwritten. Delete it to start over"));
        Assert.That(room.Json, Is.EqualTo(before));
    }

    [Test]
    public void GivesTheSameProposalAgain()
    {
        using var first = new ProposalRoom().Give(MadeUpCsv.Of(400, MadeUpCsv.Binary)).Propose("outcome");
        using var second = new ProposalRoom().Give(MadeUpCsv.Of(400, MadeUpCsv.Binary)).Propose("outcome");

        Assert.That(second.Json, Is.EqualTo(first.Json));
    }

    [TestCase("", "is empty: the first line must name the columns")]
    [TestCase("x,y\n", "has a header but no rows")]
    [TestCase("x,x,y\n1,2,3\n", "the header contains 'x' 2 times")]
    [TestCase("x,y\n1,2\n1,2,3\n", "data row 2: 3 values, but the header has 2 columns")]
    [TestCase("x,y\n1,2\n", "has 1 row. At least 40 are needed")]
    [TestCase("x,Y\n1,2\n", "has no column 'y'. Did you mean Y? Its columns: x, Y.")]
    public void SaysWhatIsWrongWithAFile(string csv, string what) => Assert.That(_room.Give(csv).Refusal("y"), Does.Contain(what));

    [Test]
    public void SaysWhereTheFileIsNotUtf8()
    {
        byte[] csv = [.. Encoding.UTF8.GetBytes("x,y\n1,caf"), 0xE9, .. Encoding.UTF8.GetBytes("\n")];

        Assert.That(_room.Give(csv).Refusal("y"), Does.Contain("not valid UTF-8. Save the file as UTF-8"));
    }

    private static TestCaseData[] Hopeless =>
    [
        Case("one class only", i => $"{i}.5,yes", "is 'yes' in every row. A constant cannot be predicted"),
        Case("a label with holes", i => $"{i}.5,{(i == 9 ? "" : i % 2)}", "is missing in 1 row (data row 10)"),
        Case("nothing but the label says anything", i => $"same,{i % 2}", "has no column to predict 'y' from:\n  - 'x': 'same' in every row"),
        Case("free text for a label", i => $"{i}.5,text {i}", "is different in every row"),
        Case("numbers with thousands separators", i => $"{i}.5,\"{i + 1},000\"", "write numbers without thousands separators"),
        Case("hardly any positives", i => $"{i}.5,{(i % 20 == 0 ? "yes" : "no")}", "of 120 rows only 6 have 'y' = 'yes'. At least 10 rows of each class are needed"),
        Case("features that would be numbers", i => $"\"{i},5\",{i % 2}", "'x': could be numeric: write a decimal point, and make it numeric; it contains 120 rows with a decimal comma ('0,5' in data row 1, '1,5' in data row 2, '2,5' in data row 3)"),
    ];

    private static TestCaseData Case(string name, Func<int, string> row, string what) => new TestCaseData(row, what).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Hopeless))]
    public void SaysWhatToChangeWhereNothingCanBeLearned(Func<int, string> row, string what) =>
        Assert.That(_room.Give("x,y\n" + string.Concat(Enumerable.Range(0, 120).Select(i => row(i) + "\n"))).Refusal("y"), Does.Contain(what));

    [Test]
    public void ReportsThatAHoldoutOfOneClassIsUseless()
    {
        var rare = NotHeldOut("x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i}.25,b\n"))).Take(12);
        var csv = "x,y\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}.5,a\n")) + string.Concat(rare);

        Assert.That(_room.Give(csv).Refusal("y", ModelTask.Multiclass), Does.Match(@"of \d+ holdout rows all have 'y' = 'a'.*Add more rows of the other classes"));
    }

    private static List<string> NotHeldOut(string csv)
    {
        using var rows = CsvRows.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "csv");
        var split = new RowSplit(SizePolicy.Split(rows: 212));
        var found = new List<string>();
        while (rows.Read())
            if (split.SideOf(rows, [0, 1]) != Side.Holdout)
                found.Add($"{rows.Value(0)},{rows.Value(1)}\n");
        return found;
    }

    private static TestCaseData[] Odd =>
    [
        Column("a million categories, or so", i => $"user {i % 4000}", "more than 1,000 different values are too many"),
        Column("dates", i => $"2026-{(i % 12) + 1:00}-01", "dates are not usable as features"),
        Column("not a number, in between", i => i % 9 == 0 ? "NaN" : $"{i % 50}.5", null),
        Column("infinities", i => i % 500 == 7 ? "Infinity" : $"{i % 50}.5", "write a finite number or leave the cell empty"),
        Column("thousands separators", i => $"\"{1 + (i / 1000)},{i % 1000:000}\"", "write numbers without thousands separators"),
        Column("words for missing", i => i % 100 == 0 ? "?" : $"{i % 90}.5", "leave the cell empty if a value is missing"),
        Column("numbers and words", i => i % 2 == 0 ? $"{i}.5" : "large", "different values are too many"),
        Column("free text with line ends", i => $"\"He said \"\"{i}\"\",\nand went on and on and on and on and on and on and on and on and on\"", "free text"),
    ];

    private static TestCaseData Column(string name, Func<int, string> value, string? note) => new TestCaseData(value, note).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Odd))]
    public async Task TrainsInSpiteOfAnOddColumn(Func<int, string> value, string? note)
    {
        var random = new Random(4);
        var csv = "odd,good,y\n" + string.Concat(Enumerable.Range(0, 8000).Select(i =>
        {
            var good = random.NextDouble();
            return $"{value(i)},{good},{(good + (0.5 * random.NextDouble()) > 0.75 ? 1 : 0)}\n";
        }));
        using var room = new ProposalRoom().Give(csv).Propose("y");

        Assert.That(room.Spec.Features.Keys, Does.Contain("good"));
        Assert.That(room.Spec.Ignore ?? [], note is null ? Is.Empty : Is.EqualTo(new[] { "odd" }));
        Assert.That(room.Json, Does.Contain(note ?? "\"odd\": \"numeric\""));
        await room.ShouldPassItsOwnGates();
    }
}
