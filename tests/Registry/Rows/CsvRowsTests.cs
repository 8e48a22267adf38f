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
    [TestCase("a,,c\n1,2,3\n", "column 2 of 3 has no name in the header. Name it")]
    [TestCase("a,b,,\r\n1,2,,\r\n", "column 3 of 4 has no name in the header. Name it; if it is empty")]
    [TestCase("sep=;\r\na;b\r\n", "begins with 'sep=', which only Excel understands. Delete this line")]
    [TestCase("a,\"b\"c\n", "data.csv, header: ")]
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

    [TestCase("a,b\n1,2\n\n")]
    [TestCase("a,b\r\n1,2\r\n\r\n\r\n")]
    public void EndsAtEmptyLinesBelowTheLastRow(string csv)
    {
        using var rows = Open(csv);

        Assert.That((rows.Read(), rows.Read(), rows.Row), Is.EqualTo((true, false, 1)));
    }

    [Test]
    public void RefusesAnEmptyLineBetweenRows()
    {
        using var rows = Open("a,b\n1,2\n\n3,4\n");
        Assert.That(rows.Read(), Is.True);

        Assert.That(rows.Read, Throws.TypeOf<SlipwayException>().With.Message.EqualTo("data.csv, data row 2: the line is empty, but rows follow. Delete it."));
    }

    [Test]
    public void RefusesBytesThatAreNotUtf8() =>
        Assert.That(
            () => { using var rows = CsvRows.Open(new MemoryStream([.. "a,b\n"u8, 0xE4, (byte)',', (byte)'1']), "data.csv"); while (rows.Read()) { } },
            Throws.TypeOf<SlipwayException>().With.Message.Contains("not valid UTF-8"));

    [Test]
    public void SaysOfAHeaderThatIsNotUtf8NothingAboutRows() =>
        Assert.That(
            () => CsvRows.Open(new MemoryStream([(byte)'a', 0xE4, (byte)',', (byte)'b', (byte)'\n']), "data.csv"),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("data.csv: not valid UTF-8. Save the file as UTF-8"));

    [TestCase(new byte[] { 0x1F, 0x8B, 8, 0, 0 }, "packed with gzip")]
    [TestCase(new byte[] { (byte)'P', (byte)'K', 3, 4, 20 }, "a zip file, such as an Excel workbook,")]
    [TestCase(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, "an old Excel workbook")]
    [TestCase(new byte[] { (byte)'P', (byte)'A', (byte)'R', (byte)'1', 0x15 }, "a Parquet file")]
    [TestCase(new byte[] { (byte)'[', (byte)'\n', (byte)' ', (byte)'{' }, "JSON")]
    [TestCase(new byte[] { (byte)'{', (byte)'"', (byte)'a', (byte)'"' }, "JSON")]
    public void NamesAFileThatIsNoCsv(byte[] content, string format) =>
        Assert.That(
            () => CsvRows.Open(new MemoryStream(content), "data.csv"),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo($"data.csv is {format} and no CSV: export it as CSV, with a header."));

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
