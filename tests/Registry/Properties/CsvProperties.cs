using System.Text;
using CsCheck;
using Slipway.Registry.Rows;
using Slipway.Registry.Tests.Artifacts;
using Slipway.Tests.Properties;

namespace Slipway.Registry.Tests.Properties;

public sealed class CsvProperties
{
    private const string Source = "pumps.csv";

    private static readonly byte[][] Files =
    [
        "type,torque\nH,40.5\n\"L, low\",3\n"u8.ToArray(), "\uFEFF\"a\" ;\"b\"\r\n1;\"x \"\"y\"\"\nz\"\r\n"u8.ToArray(), ",w,h\n0,1,2\n1,3,\n\n"u8.ToArray(), "only\n1\n\n"u8.ToArray(),
        Encoding.Unicode.GetBytes("ab,cd\n1,2\n"), "größe\tname\r5\tü\r"u8.ToArray(),
    ];

    private static readonly Gen<string> Cells = Gen.String[Gen.Char["ab,;\t|\"\n\r #=日"], 0, 5];

    [Test]
    public void IsReadOrReportedWithItsName() =>
        Property.Holds(Gen.Select(Edited.Of(Files), Gen.Bool), 1500, one =>
        {
            if (TryRead(new MemoryStream(one.Item1), one.Item2) is { } table)
                Assert.That(table.Select(row => row.Count).Distinct().Count(), Is.EqualTo(1), "every row has the columns of the header");
        }, one => Edited.Show(one.Item1));

    [Test]
    public void IsTheSameHoweverItArrives() =>
        Property.Holds(Edited.Of(Files), 300, bytes => Assert.That(TryRead(new TrickleStream(bytes)), Is.EqualTo(TryRead(new MemoryStream(bytes)))), Edited.Show);

    [Test]
    public void IsReadAsItWasWritten() =>
        Property.Holds(Gen.Select(Gen.Int[2, 5].SelectMany(width => Cells.Array[width].Array[1, 6]), Gen.OneOf(",", ";", "\t", "|"), Gen.OneOf("\n", "\r\n", "\r"), Gen.Bool, Gen.Bool), 800, one =>
        {
            var (rows, delimiter, line, spaces, mark) = one;
            string[][] table = [[.. rows[0].Select((_, i) => $"c{i}")], .. rows];
            // a row of one empty cell is an empty line
            Assert.That(TryRead(new MemoryStream(Encoding.UTF8.GetBytes(Written(table, delimiter, line, spaces, mark)))), Is.EqualTo(table));
        }, one => Written(one.Item1, one.Item2, one.Item3, one.Item4, one.Item5));

    [Test]
    public void IsReadAsTheReferenceReadsIt() =>
        Property.Holds(Gen.String[Gen.Char["ab,\"\n\r "], 0, 16].Select(rest => $"x,y\n{rest}"), 3000, text =>
        {
            if (ReferenceCsv.Read(text) is { } expected)
                Assert.That(TryRead(new MemoryStream(Encoding.UTF8.GetBytes(text))), Is.EqualTo(expected));
        }, text => Edited.Show(Encoding.UTF8.GetBytes(text)));

    [Test]
    public void TakesMemoryInProportionToItsLength() =>
        Property.Holds(Edited.Of(Files), 100, bytes =>
        {
            var taken = Allocated.By(() => TryRead(new MemoryStream(bytes)));
            Assert.That(taken, Is.LessThan(1_000_000 + (200L * bytes.Length)));
        }, Edited.Show);

    private static string Written(string[][] table, string delimiter, string line, bool spaces, bool mark) => (mark ? "\uFEFF" : "") + string.Concat(
        table.Select(row => string.Join(spaces ? $" {delimiter} " : delimiter, row.Select(Quoted)) + line));

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<IReadOnlyList<string>>? TryRead(Stream content, bool header = true)
    {
        try
        {
            using var csv = CsvRows.Open(content, Source, header ? null : new CsvForm(Header: ["a", "b"]));
            var table = new List<IReadOnlyList<string>> { csv.Columns };
            while (csv.Read())
                table.Add([.. Enumerable.Range(0, csv.Columns.Count).Select(i => csv.Value(i).ToString())]);
            return table;
        }
        catch (SlipwayException e)
        {
            Assert.That(e.Message, Does.StartWith(Source).And.Not.Contain("   at "));
            return null;
        }
    }

    /// <summary>RFC 4180 in a few lines, for commas.</summary>
    private static class ReferenceCsv
    {
        /// <returns>Null for what the standard does not describe: stray quotes, rows of different lengths, empty lines between rows.</returns>
        public static List<string[]>? Read(string text)
        {
            var (rows, row, at) = (new List<string[]>(), new List<string>(), 0);
            while (at < text.Length)
            {
                var quoted = text[at] == '"';
                var cell = new StringBuilder();
                for (at += quoted ? 1 : 0; at < text.Length && (quoted || text[at] is not (',' or '\n' or '\r')); at++)
                    if (text[at] != '"')
                        cell.Append(text[at]);
                    else if (!quoted)
                        return null;
                    else if (at + 1 < text.Length && text[at + 1] == '"')
                        cell.Append(text[at++]);
                    else
                        break;
                if (quoted && (at >= text.Length || (++at < text.Length && text[at] is not (',' or '\n' or '\r'))))
                    return null;
                row.Add(cell.ToString());
                var comma = at < text.Length && text[at] == ',';
                at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
                if (comma && at < text.Length)
                    continue;
                if (comma)
                    row.Add("");
                rows.Add([.. row]);
                row.Clear();
            }

            while (rows is [.., [""]])
                rows.RemoveAt(rows.Count - 1);
            return rows.TrueForAll(one => one.Length == 2) ? rows : null;
        }
    }
}
