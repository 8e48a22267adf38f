namespace Slipway.Registry.Rows;

/// <summary>Detects the column delimiter from the first line. Characters in quotes do not count: <c>"weight, kg";"height, cm"</c>.</summary>
internal static class CsvDelimiter
{
    private const string Candidates = ",;\t|";

    /// <param name="columns">The expected number of columns, if known: it takes precedence over the number of occurrences.</param>
    public static char Of(ReadOnlySpan<char> text, int? columns)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var quotes = new Quotes();
        foreach (var character in text)
        {
            if (quotes.Pass(character))
                continue;
            if (character is '\n' or '\r')
                break;
            if (Candidates.IndexOf(character) is >= 0 and var candidate)
                counts[candidate]++;
        }

        if (counts.IndexOf((columns ?? 0) - 1) is >= 0 and var fitting)
            return Candidates[fitting];
        var most = 0;
        for (var i = 1; i < counts.Length; i++)
            if (counts[i] > counts[most])
                most = i;
        return Candidates[most];
    }

    /// <summary>Whether the first line is complete, fed piece by piece.</summary>
    public struct RecordEnd()
    {
        private Quotes _quotes = new();

        public bool IsIn(ReadOnlySpan<char> piece)
        {
            foreach (var character in piece)
                if (!_quotes.Pass(character) && character is '\n' or '\r')
                    return true;
            return false;
        }
    }

    /// <summary>Tracks quotes while the delimiter is not known yet: it may be any candidate, so a quote after one opens a field.</summary>
    private struct Quotes()
    {
        private bool _open;
        private bool _atStart = true;

        /// <returns>Whether the character is quoted, or a quote.</returns>
        public bool Pass(char character)
        {
            if (_open)
            {
                _open = character != '"';
                // a doubled quote closes and opens again
                _atStart = !_open;
                return true;
            }

            _open = _atStart && character == '"';
            _atStart = Candidates.Contains(character) || (_atStart && character == ' ');
            return _open;
        }
    }
}
