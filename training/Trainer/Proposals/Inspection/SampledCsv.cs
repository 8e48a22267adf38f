using System.Text;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Proposals.Inspection;

/// <summary>
/// A sample of the rows of a CSV file, in a temporary file that is deleted on disposal. A hash of the whole row decides, different from the split's, so that
/// each side of the split keeps its share.
/// </summary>
public sealed class SampledCsv : IDisposable
{
    private SampledCsv(string path) => Path = path;

    public string Path { get; }

    /// <param name="share">Of the rows, 0 to 1.</param>
    public static SampledCsv Of(string csv, double share, CancellationToken cancellation)
    {
        var sample = new SampledCsv(System.IO.Path.GetTempFileName());
        try
        {
            using var rows = CsvRows.Open(File.OpenRead(csv), System.IO.Path.GetFileName(csv));
            using var output = new StreamWriter(sample.Path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            Write(output, rows.Columns.Count, column => rows.Columns[column]);
            while (rows.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                if (Position(rows) < share)
                    Write(output, rows.Columns.Count, column => rows.Value(column));
            }

            return sample;
        }
        catch
        {
            sample.Dispose();
            throw;
        }
    }

    public void Dispose() => File.Delete(Path);

    private static double Position(CsvRows rows)
    {
        var hash = TextHash.Start;
        for (var column = 0; column < rows.Columns.Count; column++)
            hash = TextHash.Add(hash, rows.Value(column));
        return TextHash.Finish(hash) / (ulong.MaxValue + 1.0);
    }

    private delegate ReadOnlySpan<char> Cell(int column);

    private static void Write(StreamWriter output, int columns, Cell cell)
    {
        for (var column = 0; column < columns; column++)
        {
            output.Write(column == 0 ? "\"" : ",\"");
            foreach (var letter in cell(column))
            {
                output.Write(letter);
                if (letter == '"')
                    output.Write('"');
            }

            output.Write('"');
        }

        output.Write('\n');
    }
}
