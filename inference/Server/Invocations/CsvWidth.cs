using System.Buffers;
using System.Text;

namespace Slipway.Inference;

/// <summary>Looks over a CSV for a line with more values than any header may name, before a reader makes something of each of them.</summary>
public static class CsvWidth
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(",;\t\"\r\n");

    /// <param name="content">In any encoding that its byte order mark names.</param>
    /// <exception cref="RequestException">400: there is such a line.</exception>
    public static void Check(Stream content, int most)
    {
        using var text = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var rented = ArrayPool<char>.Shared.Rent(1 << 14);
        try
        {
            var (delimiters, quoted) = (0, false);
            while (text.Read(rented, 0, rented.Length) is > 0 and var length)
                for (var rest = rented.AsSpan(0, length); rest.IndexOfAny(Marks) is >= 0 and var at; rest = rest[(at + 1)..])
                    if (rest[at] == '"')
                        quoted = !quoted;
                    else if (quoted)
                        continue;
                    else if (rest[at] is '\r' or '\n')
                        delimiters = 0;
                    else if (++delimiters > most)
                        throw RequestException.Bad($"A line of the body has more than {most} values. Send the model's columns, and few beside them.");
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
