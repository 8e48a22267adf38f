using System.Buffers;
using System.Runtime.InteropServices;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;
using Slipway.Registry;
using Slipway.Registry.Rows;

namespace Slipway.Inference.Invocations;

/// <summary>
/// A CSV body, read once: the values of the model's columns, row after row. An empty value is missing; a column that is absent altogether is an error.
/// Without a header, the columns are in the order of the schema. Dispose it once the rows are encoded.
/// </summary>
public sealed class RawCsv : IDisposable
{
    private const string Source = "The body";

    private readonly int[] _targets;
    private readonly ArrayPoolWriter<char> _text = new();
    private readonly ArrayPoolWriter<int> _ends = new();

    private RawCsv(int[] targets) => _targets = targets;

    public int Rows { get; private set; }

    public bool HasHeader { get; private init; }

    /// <param name="header">Whether the first line names the columns.</param>
    /// <exception cref="SlipwayException">It is malformed; the message says where.</exception>
    /// <exception cref="RequestException">It does not match the model.</exception>
    public static RawCsv Read(ReadOnlyMemory<byte> body, ModelProfile profile, bool header, int maxRows, IgnoredColumns ignored)
    {
        var encoder = profile.Encoder;
        string[] names = [.. profile.Schema.Columns.Select(column => column.Name)];
        using var csv = CsvRows.Open(Stream(body), Source, new(encoder.ColumnCount + IgnoredColumns.MaxCount, header ? null : names));
        int[] targets = [.. csv.Columns.Select(encoder.IndexOf)];
        if (header)
            CheckColumns(csv, targets, names, ignored);

        var read = new RawCsv(targets) { HasHeader = header };
        try
        {
            read.ReadRows(csv, maxRows);
            if (header && !csv.HasIndex)
                PlainCsv.Remember(body.Span, profile, targets);
            return read.Rows > 0 ? read : throw RequestException.Bad($"The body has a header and no rows. {HeaderHint(names)}");
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    public void Encode(RowEncoder rows)
    {
        var text = _text.Written;
        var ends = _ends.Written;
        for (int row = 0, cell = 0, start = 0; row < Rows; row++)
            foreach (var target in _targets)
                if (target >= 0)
                {
                    rows.Text(row, target, text[start..ends[cell]]);
                    start = ends[cell++];
                }
    }

    public void Dispose()
    {
        _text.Dispose();
        _ends.Dispose();
    }

    private void ReadRows(CsvRows csv, int maxRows)
    {
        for (; csv.Read(); Rows++)
        {
            if (Rows == maxRows)
                throw RequestException.Bad($"The body has more than {maxRows} rows. Send fewer rows per request.");
            for (var i = 0; i < _targets.Length; i++)
                if (_targets[i] >= 0)
                {
                    _text.Write(csv.Value(i));
                    _ends.Write([_text.Written.Length]);
                }
        }
    }

    private static void CheckColumns(CsvRows csv, int[] targets, string[] names, IgnoredColumns ignored)
    {
        foreach (var (name, target) in csv.Columns.Zip(targets))
            if (target < 0)
                ignored.Add(name);
        string[] missing = [.. Enumerable.Range(0, names.Length).Except(targets).Select(column => names[column])];
        if (missing.Length > 0)
            throw RequestException.Bad(
                $"The header lacks these columns: {ShownText.List(missing)}. The first line names the columns; leave missing values empty. {HeaderHint(names)}");
    }

    private static string HeaderHint(string[] names) =>
        $"If the first line contains values, send 'content-type: {ContentTypes.Csv}; header=absent', with the values in this order: {ShownText.List(names)}.";

    private static MemoryStream Stream(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var bytes) && bytes.Array is not null
        ? new(bytes.Array, bytes.Offset, bytes.Count, writable: false)
        : new(body.ToArray(), writable: false);

    /// <summary>Grows in rented arrays.</summary>
    private sealed class ArrayPoolWriter<T> : IDisposable
    {
        private T[] _items = [];
        private int _count;

        public ReadOnlySpan<T> Written => _items.AsSpan(0, _count);

        public void Write(ReadOnlySpan<T> more)
        {
            if (_count + more.Length > _items.Length)
                Grow(_count + more.Length);
            more.CopyTo(_items.AsSpan(_count));
            _count += more.Length;
        }

        public void Dispose()
        {
            if (_items.Length > 0)
                ArrayPool<T>.Shared.Return(_items);
            (_items, _count) = ([], 0);
        }

        private void Grow(int least)
        {
            var larger = ArrayPool<T>.Shared.Rent(Math.Max(least, _items.Length * 2));
            Written.CopyTo(larger);
            if (_items.Length > 0)
                ArrayPool<T>.Shared.Return(_items);
            _items = larger;
        }
    }
}
