using System.Text;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Tests.Rows;

public sealed class RowSplitTests
{
    private static readonly RowSplit Split = new(new(Validation: 0.2, Holdout: 0.2));

    [TestCase(0, ExpectedResult = Side.Holdout)]
    [TestCase(0.1999, ExpectedResult = Side.Holdout)]
    [TestCase(0.2, ExpectedResult = Side.Validation)]
    [TestCase(0.3999, ExpectedResult = Side.Validation)]
    [TestCase(0.4, ExpectedResult = Side.Training)]
    [TestCase(0.9999, ExpectedResult = Side.Training)]
    public Side GivesEachSideItsShareOfPositions(double position) => Split.SideOf(position);

    [Test]
    public void GivesEachSideItsShareOfRows()
    {
        var sides = Sides("id\n" + string.Concat(Enumerable.Range(1, 20_000).Select(id => $"{id}\n")), 0).Values.CountBy(side => side).ToDictionary();

        Assert.That(sides[Side.Holdout], Is.EqualTo(4000).Within(200));
        Assert.That(sides[Side.Validation], Is.EqualTo(4000).Within(200));
    }

    [Test]
    public void KeepsARowOnItsSideInEveryVersionOfADataset()
    {
        var before = Sides("id,a\n" + string.Concat(Enumerable.Range(1, 500).Select(id => $"{id},{id * 2}\n")), 0);
        // reordered, with other values, more rows, another column before and quotes around
        var after = Sides("b,id,a\n" + string.Concat(Enumerable.Range(1, 900).Reverse().Select(id => $"x,\" {id} \",7\n")), 1);

        Assert.That(before.All(row => after[row.Key] == row.Value), Is.True);
    }

    [Test]
    public void NeverMovesARowWithANewRelease() =>
        // Recorded once. A change here would put rows that older models learned from into the holdout.
        Assert.That(string.Concat(Sides("id\n" + string.Concat(Enumerable.Range(1, 40).Select(id => $"{id}\n")), 0).Values.Select(side => side.ToString()[0])),
            Is.EqualTo("TTHTVHTTVTTTVHHHTTTTHVTVTTTVTVVHHTVHTVTT"));

    [Test]
    public void DistinguishesColumns()
    {
        var split = new RowSplit(new(Validation: 0.3, Holdout: 0.3));
        var differ = false;
        // two rows may be on the same side by chance, so use many such pairs
        for (var salt = 0; salt < 30 && !differ; salt++)
        {
            var sides = Sides($"a,b\n{salt}1,23\n{salt}12,3\n", split, 0, 1);
            differ = sides[0] != sides[1];
        }

        Assert.That(differ, Is.True, "'1'+'23' and '12'+'3' must not be the same row");
    }

    private static Dictionary<string, Side> Sides(string csv, int id)
    {
        using var rows = CsvRows.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "test");
        var sides = new Dictionary<string, Side>();
        while (rows.Read())
            sides.Add(rows.Value(id).Trim().ToString(), Split.SideOf(rows, [id]));
        return sides;
    }

    private static List<Side> Sides(string csv, RowSplit split, params int[] columns)
    {
        using var rows = CsvRows.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "test");
        var sides = new List<Side>();
        while (rows.Read())
            sides.Add(split.SideOf(rows, columns));
        return sides;
    }
}
