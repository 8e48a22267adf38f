using Slipway.Registry.Rows;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Tests.Proposals;

public sealed class SampledCsvTests
{
    private readonly string _csv = Path.GetTempFileName();

    [OneTimeTearDown]
    public void Remove() => File.Delete(_csv);

    [Test]
    public void TakesItsShareFromEverySideOfTheSplit()
    {
        File.WriteAllText(_csv, "id\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\n")));
        using var sample = SampledCsv.Of(_csv, 0.2, CancellationToken.None);
        using var rows = CsvRows.Open(File.OpenRead(sample.Path), "sample");
        var split = new RowSplit(new(Validation: 0.2, Holdout: 0.3));
        var sides = new List<Side>();
        while (rows.Read())
            sides.Add(split.SideOf(rows, [0]));

        Assert.That(sides, Has.Count.EqualTo(4000).Within(200));
        Assert.That(sides.Count(side => side == Side.Holdout), Is.EqualTo(1200).Within(120));
        Assert.That(sides.Count(side => side == Side.Validation), Is.EqualTo(800).Within(100));
    }

    [Test]
    public void KeepsEveryValueAsItIs()
    {
        File.WriteAllText(_csv, "\"a;\"\"b\"\"\";c\r\n\"line\nend, comma\";\" x \"\r\n;\"\"\r\n");
        using var sample = SampledCsv.Of(_csv, 1, CancellationToken.None);

        Assert.That(File.ReadAllText(sample.Path), Is.EqualTo("\"a;\"\"b\"\"\",\"c\"\n\"line\nend, comma\",\" x \"\n\"\",\"\"\n"));
    }

    [Test]
    public void LeavesNothingBehind()
    {
        File.WriteAllText(_csv, "a\n1\n");
        var sample = SampledCsv.Of(_csv, 1, CancellationToken.None);
        sample.Dispose();

        Assert.That(sample.Path, Does.Not.Exist);
    }
}
