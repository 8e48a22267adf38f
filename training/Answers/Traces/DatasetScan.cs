using Slipway.Registry;
using Slipway.Registry.Rows;
using Slipway.Registry.Storage;

namespace Slipway.Answers.Traces;

/// <summary>Searches a stored dataset for rows, as a stream: only the rows that are shown stay in memory.</summary>
internal sealed class DatasetScan(IObjectStore store, RowQuery query)
{
    private const int MaxShown = 20;
    private const int MaxLengthOfId = 64;
    private const int ProgressEvery = 100_000;

    /// <param name="splits">Those of the jobs that were trained on it.</param>
    public async Task<ScannedDataset> RunAsync(
        StoredDataset stored, IReadOnlyList<JobSplit> splits, Action<string> progress, CancellationToken cancellation)
    {
        var found = await store.GetAsync(stored.Place, stored.Version, cancellation);
        if (found is null)
            return new(stored, 0, 0, [], [], $"'{stored.Place}' is no longer in the store");
        var search = new Search(query, splits, progress, cancellation);
        await using (found)
            try
            {
                // a store's stream may only be readable asynchronously; the reader of rows is synchronous
                await Task.Run(() => search.Read(found.Content, stored.Place), cancellation);
                return search.Result(stored, problem: null);
            }
            catch (Exception e) when (e is SlipwayException or IOException)
            {
                return search.Result(stored, e.Message);
            }
    }

    private sealed class Search(RowQuery query, IReadOnlyList<JobSplit> splits, Action<string> progress, CancellationToken cancellation)
    {
        private readonly List<MatchingRow> _first = [];
        private IReadOnlyList<string> _columns = [];
        private long _rows;
        private long _matches;

        public void Read(Stream content, string source)
        {
            using var rows = CsvRows.Open(content, source);
            _columns = rows.Columns;
            var column = rows.IndexOf(query.Column);
            if (column < 0)
                return;
            var sides = splits.Select(split => new RowSide(split, rows)).ToList();
            while (rows.Read())
            {
                _rows++;
                if (_rows % ProgressEvery == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress(TraceText.Count(_rows, "row", $"of {source} read"));
                }

                if (rows.Value(column).Trim().SequenceEqual(query.Value) && ++_matches <= MaxShown)
                    _first.Add(new(rows.Row, Ids(rows), sides.ToDictionary(side => side.Job, side => side.Of(rows))));
            }
        }

        public ScannedDataset Result(StoredDataset stored, string? problem) => new(stored, _rows, _matches, _first, _columns, problem);

        private List<KeyValuePair<string, string>> Ids(CsvRows rows) =>
        [
            .. splits.SelectMany(split => split.Ids).Prepend(query.Column).Distinct().Where(id => rows.IndexOf(id) >= 0)
                .Select(id => KeyValuePair.Create(id, Shortened(rows.Value(rows.IndexOf(id)).Trim()))),
        ];

        private static string Shortened(ReadOnlySpan<char> text) => text.Length <= MaxLengthOfId ? text.ToString() : $"{text[..MaxLengthOfId]}...";
    }

    // without id columns, the whole row identifies it
    private sealed class RowSide(JobSplit split, CsvRows rows)
    {
        private readonly RowSplit _split = new(split.Split);
        private readonly int[] _identity = split.Ids.Count > 0 ? [.. split.Ids.Select(rows.IndexOf).Where(at => at >= 0)] : [.. Enumerable.Range(0, rows.Columns.Count)];

        public string Job => split.Job;

        public Side Of(CsvRows row) => _split.SideOf(row, _identity);
    }
}
