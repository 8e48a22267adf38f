using System.Text;

namespace Slipway.Registry.Tests;

public sealed class CsvRowsTests
{
    [TestCase("a,b\n1,2\n", "a|b", "1|2")]
    [TestCase("a;b\r\n1;2\r\n", "a|b", "1|2")]
    [TestCase("a\tb\n1\t2", "a|b", "1|2")]
    [TestCase("\uFEFFa,b\n1,2\n", "a|b", "1|2")]
    [TestCase("a,b\n\"x, \"\"y\"\"\nz\",2\n", "a|b", "x, \"y\"\nz|2")]
    [TestCase("\"Air temperature [K]\",b\n,\n", "Air temperature [K]|b", "|")]
    [TestCase("a,b\n#1,2\n", "a|b", "#1|2")]
    [TestCase("größe,b\nü,2\n", "größe|b", "ü|2")]
    [TestCase("only\n1\n", "only", "1")]
    public void ReadsColumnsAndValues(string csv, string columns, string firstRow)
    {
        using var rows = Open(csv);
        Assert.That(string.Join('|', rows.Columns), Is.EqualTo(columns));
        Assert.That(rows.Read(), Is.True);
        Assert.That(string.Join('|', rows.Columns.Select((_, i) => rows.Value(i).ToString())), Is.EqualTo(firstRow));
        Assert.That(rows.Read(), Is.False);
        Assert.That(rows.Row, Is.EqualTo(1));
    }

    [TestCase("", "is empty")]
    [TestCase("a,a\n1,2\n", "'a' 2 times")]
    [TestCase("a,,c\n1,2,3\n", "column 2 has no name")]
    public void RefusesAHeaderThatCanNotBeUsed(string csv, string message) =>
        Assert.That(() => Open(csv), Throws.TypeOf<SlipwayException>().With.Message.Contains("data.csv").And.Message.Contains(message));

    [TestCase("a,b\n1,2\n3\n", "data row 2: 1 values, but the header has 2 columns")]
    [TestCase("a,b\n1,2\n3,4,5\n", "data row 2: 3 values, but the header has 2 columns")]
    public void RefusesARaggedRow(string csv, string message)
    {
        using var rows = Open(csv);
        Assert.That(rows.Read(), Is.True);
        Assert.That(rows.Read, Throws.TypeOf<SlipwayException>().With.Message.Contains(message));
    }

    [Test]
    public void RefusesBytesThatAreNotUtf8() =>
        Assert.That(
            () => { using var rows = CsvRows.Open(new MemoryStream([.. "a,b\n"u8, 0xE4, (byte)',', (byte)'1']), "data.csv"); while (rows.Read()) { } },
            Throws.TypeOf<SlipwayException>().With.Message.Contains("not valid UTF-8"));

    [Test]
    public void HeaderAloneHasNoRows()
    {
        using var rows = Open("a,b\n");
        Assert.That(rows.Read(), Is.False);
    }

    [Test]
    public void FindsColumnsByName()
    {
        using var rows = Open("a,b\n");
        Assert.That((rows.IndexOf("b"), rows.IndexOf("B")), Is.EqualTo((1, -1)));
    }

    private static CsvRows Open(string csv) => CsvRows.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "data.csv");
}
