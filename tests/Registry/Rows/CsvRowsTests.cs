using System.Text;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Tests.Rows;

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
    [TestCase("a,b\r1,2\r", "a|b", "1|2")]
    [TestCase("\"weight, kg\";\"height, cm\";\"age, years\"\n80.1;170.2;40\n", "weight, kg|height, cm|age, years", "80.1|170.2|40")]
    [TestCase("\"note; one; two; three; four\",a,b\nx,1,2\n", "note; one; two; three; four|a|b", "x|1|2")]
    [TestCase("\"a \"\"b;c;d\"\"\",e\n1,2\n", "a \"b;c;d\"|e", "1|2")]
    [TestCase("\"two\nlines; here; too\",b\n1,2\n", "two\nlines; here; too|b", "1|2")]
    [TestCase("\"w\", \"h\", \"kind\"\n62.7, 157.5, \"b, c\"\n", "w|h|kind", "62.7| 157.5|b, c")]
    [TestCase("\"w\" ,\"h\"\t,  \"kind\"  \r\n1,2,\"b\" ", "w|h|kind", "1|2|b")]
    [TestCase("a,b\n5\" pipe, \n", "a|b", "5\" pipe| ")]
    [TestCase(",w,h\n0,1,2\n", "w|h", "1|2")]
    [TestCase("\"\",\"w\",\"h\"\n\"1\",1,2\n", "w|h", "1|2")]
    public void ReadsColumnsAndValues(string csv, string columns, string firstRow)
    {
        using var rows = Open(csv);
        Assert.That(string.Join('|', rows.Columns), Is.EqualTo(columns));
        Assert.That(rows.Read(), Is.True);
        Assert.That(string.Join('|', rows.Columns.Select((_, i) => rows.Value(i).ToString())), Is.EqualTo(firstRow));
        Assert.That(rows.Read(), Is.False);
        Assert.That(rows.Row, Is.EqualTo(1));
    }

    [Test]
    public void ReadsTextWithoutQuotesAsItReadsTextWithThem([Values("\n", "\r\n")] string end, [Values("12.5", " x y ", "")] string plain)
    {
        // many times as long as what is read at once, and as quoted text begins and ends within it, at any place
        const int Rows = 20_000;
        var csv = new StringBuilder($"a,b,c{end}");
        for (var row = 1; row <= Rows; row++)
            csv.Append(row % 3000 == 7 ? $"\"{row}, {end}\" , {plain}, \"z\"{end}" : $"{row},{plain},z{end}");

        using var rows = Open(csv.ToString());
        for (var row = 1; row <= Rows; row++)
        {
            Assert.That(rows.Read(), Is.True);
            if (rows.Value(0).ToString() != (row % 3000 == 7 ? $"{row}, {end}" : $"{row}") || rows.Value(1).ToString().Trim() != plain.Trim() || rows.Value(2).ToString() != "z")
                Assert.Fail($"Row {row}: {rows.Value(0)}|{rows.Value(1)}|{rows.Value(2)}");
        }

        Assert.That(rows.Read(), Is.False);
    }

    [TestCase(0)]
    [TestCase(100_000)]
    public void CountsTheColumnsOfALineWithoutQuotesWhereverItIsCut(int before)
    {
        var csv = $"a,b\n{string.Concat(Enumerable.Repeat("1,2\n", before))}1{string.Concat(Enumerable.Repeat(",2", CsvForm.MaxDatasetColumns))}\n";

        Assert.That(
            () =>
            {
                using var rows = Open(csv);
                while (rows.Read())
                {
                }
            },
            Throws.TypeOf<SlipwayException>().With.Message.Contains($"data row {before + 1} has more than {CsvForm.MaxDatasetColumns:N0} columns"));
    }

    [TestCase("", "is empty")]
    [TestCase("a,a\n1,2\n", "'a' 2 times")]
    [TestCase("a,,c\n1,2,3\n", "column 2 of 3 has no name in the header. Name it")]
    [TestCase(",,c\n1,2,3\n", "column 1 of 3 has no name")]
    [TestCase(",\n1,2\n", "column 1 of 2 has no name")]
    [TestCase("a,b,,\r\n1,2,,\r\n", "column 3 of 4 has no name in the header. Name it, or delete it if it is empty")]
    [TestCase("sep=;\r\na;b\r\n", "begins with 'sep=', which is specific to Excel. Delete this line")]
    [TestCase("a,\"b\"c\n", "data.csv, header: ")]
    public void RefusesAHeaderThatCannotBeUsed(string csv, string message) =>
        Assert.That(() => Open(csv), Throws.TypeOf<SlipwayException>().With.Message.Contains("data.csv").And.Message.Contains(message));

    [TestCase("a,b\n1,2\n3\n", "data row 2: 1 values, but the header has 2 columns")]
    [TestCase("a,b\n1,2\n3,4,5\n", "data row 2: 3 values, but the header has 2 columns")]
    [TestCase(",a\n0,2\n1,4,5\n", "data row 2: 3 values, but the header has 2 columns")]
    [TestCase("a,b\n1,2\n\"3\"x,4\n", "data row 2: ")]
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

        Assert.That(rows.Read, Throws.TypeOf<SlipwayException>().With.Message.EqualTo("data.csv, data row 2: the line is empty, but more rows follow. Delete it."));
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

    [TestCase(new byte[] { 0x1F, 0x8B, 8, 0, 0 }, "compressed with gzip")]
    [TestCase(new byte[] { (byte)'P', (byte)'K', 3, 4, 20 }, "a zip file, such as an Excel workbook,")]
    [TestCase(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, "an old Excel workbook")]
    [TestCase(new byte[] { (byte)'P', (byte)'A', (byte)'R', (byte)'1', 0x15 }, "a Parquet file")]
    [TestCase(new byte[] { (byte)'[', (byte)'\n', (byte)' ', (byte)'{' }, "JSON")]
    [TestCase(new byte[] { (byte)'{', (byte)'"', (byte)'a', (byte)'"' }, "JSON")]
    public void NamesAFileThatIsNoCsv(byte[] content, string format) =>
        Assert.That(
            () => CsvRows.Open(new MemoryStream(content), "data.csv"),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo($"data.csv is {format}, not CSV: export it as CSV, with a header."));

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    public void ReadsOtherEncodingsOfUnicodeThatSayWhatTheyAre(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        using var rows = CsvRows.Open(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\nü,2\n")]), "data.csv");

        Assert.That(rows.Read(), Is.True);
        Assert.That((rows.Columns[0], rows.Value(0).ToString()), Is.EqualTo(("größe", "ü")));
    }

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    public void ReadsUtf16WithoutAByteOrderMark(string name)
    {
        using var rows = CsvRows.Open(new MemoryStream(Encoding.GetEncoding(name).GetBytes("age,größe\n1,ü\n")), "data.csv");

        Assert.That(rows.Read(), Is.True);
        Assert.That((rows.Columns[1], rows.Value(1).ToString()), Is.EqualTo(("größe", "ü")));
    }

    [Test]
    public void RefusesNulCharacters() =>
        Assert.That(() => Open("a,b\n1,\0\n"), Throws.TypeOf<SlipwayException>().With.Message.Contains("NUL character. Save the file as UTF-8"));

    [TestCase("c{0}", "", "data.csv has more than 10,000 columns")]
    [TestCase("", "{0}", "data.csv, data row 1 has more than 10,000 columns")]
    [TestCase("\"c, {0}\"", "", "data.csv has more than 10,000 columns")]
    public void RefusesMoreColumnsThanAreWorthReadingBeforeItReadsThem(string name, string value, string message)
    {
        const int count = 2_000_000;
        var header = name.Length == 0 ? "a,b" : string.Join(',', Enumerable.Range(0, count).Select(i => string.Format(null, name, i)));
        var row = value.Length == 0 ? "" : string.Join(',', Enumerable.Range(0, count));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var content = Encoding.UTF8.GetBytes($"{header}\n{row}\n");
        var made = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(
            () => { using var rows = CsvRows.Open(new MemoryStream(content), "data.csv"); rows.Read(); },
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith(message));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before - made, Is.LessThan(200_000_000), "a few times the text, and nothing for each column");
    }

    [Test]
    public void TakesAsManyColumnsAsADatasetMayHave()
    {
        using var rows = Open($"{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}"))}\n{string.Join(',', Enumerable.Range(0, 10_000))}\n");

        Assert.That((rows.Columns.Count, rows.Read(), rows.Value(9_999).ToString()), Is.EqualTo((10_000, true, "9999")));
    }

    [Test]
    public void DetectsAnIndexWithoutAName()
    {
        using var with = Open(",a\n0,1\n");
        using var without = Open("i,a\n0,1\n");

        Assert.That((with.HasIndex, without.HasIndex), Is.EqualTo((true, false)));
        Assert.That((with.IndexOf("a"), with.IndexOf("")), Is.EqualTo((0, -1)));
    }

    [TestCase("1,2\n3,4\n", "1|2 3|4")]
    [TestCase("\uFEFF1;2", "1|2")]
    [TestCase("1,5;2,5\n", "1,5|2,5", TestName = "AsManyColumnsAsThereMustBeDecideTheDelimiter")]
    [TestCase("\"x, y\", 2\n", "x, y| 2")]
    public void ReadsRowsWithoutAHeader(string csv, string expected)
    {
        using var rows = CsvRows.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "body", new(Header: ["a", "b"]));
        var read = new List<string>();
        while (rows.Read())
            read.Add($"{rows.Value(0)}|{rows.Value(1)}");

        Assert.That((string.Join(' ', read), rows.Columns[1], rows.Row), Is.EqualTo((expected, "b", read.Count)));
    }

    [TestCase("1,2,3\n", "body, data row 1: 3 values. Without a header there must be 2, in this order: a, b.")]
    [TestCase("1,2\n1\n", "body, data row 2: 1 values. Without a header there must be 2, in this order: a, b.")]
    [TestCase("", "body is empty.")]
    public void SaysTheOrderOfWhatHasNoHeader(string csv, string message) => Assert.That(
        () =>
        {
            using var rows = CsvRows.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "body", new(Header: ["a", "b"]));
            while (rows.Read())
            {
            }
        },
        Throws.TypeOf<SlipwayException>().With.Message.EqualTo(message));

    [Test]
    public void ReadsTheSameWhereverTheTextIsCut()
    {
        var text = string.Concat(Enumerable.Repeat("\"x, \"\"y\"\" z\" , 17,  \"b\"\r\n", 3000));
        using var rows = Open("a,b,c\n" + text);
        while (rows.Read())
            Assert.That($"{rows.Value(0)}|{rows.Value(1)}|{rows.Value(2)}", Is.EqualTo("x, \"y\" z| 17|b"), $"row {rows.Row}");

        Assert.That(rows.Row, Is.EqualTo(3000));
    }

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
