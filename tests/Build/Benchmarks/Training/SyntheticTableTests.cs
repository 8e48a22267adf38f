using System.Text;
using Slipway.Benchmarks.Training;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Build.Tests.Benchmarks.Training;

public sealed class SyntheticTableTests
{
    private static readonly SyntheticTable Table = new(2000, 5);

    private static byte[] Csv()
    {
        using var file = new MemoryStream();
        Table.Write(file);
        return file.ToArray();
    }

    [Test]
    public void IsTheSameEveryTime()
    {
        var (first, second) = (Csv(), Csv());

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void HasBothClassesAndEveryColumnOfItsModel()
    {
        var spec = ModelSpecReader.Read(Encoding.UTF8.GetBytes(Table.SpecJson()), "model.json");
        using var rows = CsvRows.Open(new MemoryStream(Csv()), "table.csv");
        var (label, positives, count) = (rows.Columns.ToList().IndexOf(spec.Label), 0, 0);
        while (rows.Read())
            (positives, count) = (positives + (rows.Value(label) is "1" ? 1 : 0), count + 1);

        Assert.That(rows.Columns, Is.EqualTo(new[] { "id", "x0", "x1", "x2", "x3", "x4", "label" }));
        Assert.That(spec.Features.Keys, Is.EqualTo(new[] { "x0", "x1", "x2", "x3", "x4" }));
        Assert.That(count, Is.EqualTo(2000));
        Assert.That(positives, Is.InRange(400, 1200));
    }
}
