using System.Text;

namespace Slipway.Build.Cli.GitHub;

/// <summary>
/// Neutralizes the output of a workflow job: GitHub's runner interprets every line as a command that begins with two colons after spaces, or contains
/// <c>##[</c>, whoever wrote it: a tool, a test, a column of somebody's dataset. Such a line is quoted. Our own commands bypass this.
/// </summary>
/// <remarks>Lines are passed on as a whole, because the parts of one may each look harmless.</remarks>
public sealed class QuotingWriter(TextWriter output) : TextWriter
{
    private const string Order = "::";
    private const string OldOrder = "##[";

    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        // the runner ends a line at either character
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

    // half a line is held back: its end may turn it into a command
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
