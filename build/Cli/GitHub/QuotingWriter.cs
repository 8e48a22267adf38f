using System.Text;

namespace Slipway.Build.Cli.GitHub;

/// <summary>
/// What a workflow job prints, made harmless: GitHub's runner takes any line for an order that begins with two colons behind spaces, or holds
/// <c>##[</c>, whoever wrote it: a tool, a test, a column of somebody's dataset. Such a line is quoted. Orders of our own go past this.
/// </summary>
/// <remarks>Lines are passed on as a whole, since the pieces of one may each look harmless.</remarks>
public sealed class QuotingWriter(TextWriter output) : TextWriter
{
    private const string Order = "::";
    private const string OldOrder = "##[";

    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        // the runner ends a line at either
        if (value is '\n' or '\r')
            EndLine(value.ToString());
        else
            _line.Append(value);
    }

    public static string Quote(string line)
    {
        var text = line.Replace(OldOrder, "## [", StringComparison.Ordinal);
        var words = text.TrimStart();
        return words.StartsWith(Order, StringComparison.Ordinal) ? $"{text[..^words.Length]}> {words}" : text;
    }

    // half a line stays: its end may make an order of it
    public override void Flush() => output.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0)
            EndLine("");
        base.Dispose(disposing);
    }

    private void EndLine(string end)
    {
        output.Write(Quote(_line.ToString()) + end);
        _line.Clear();
        output.Flush();
    }
}
