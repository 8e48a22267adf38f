using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Slipway.Inference.Generations;

/// <summary>Finds a model's columns by the names in a request's JSON, without allocating strings, and in time that does not depend on the number of columns.</summary>
public sealed class ColumnNames
{
    // an escape sequence takes six bytes for at least one
    private const int EscapeLength = 6;
    private const int RoomOnStack = 512;

    private readonly byte[][] _names;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _positions;
    private readonly int _longest;

    public ColumnNames(IEnumerable<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _longest = _names.Select(name => name.Length).DefaultIfEmpty(0).Max();
        var positions = new Dictionary<byte[], int>(_names.Length, Bytes.Comparer);
        for (var i = 0; i < _names.Length; i++)
            positions.Add(_names[i], i);
        _positions = positions.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _names.Length;

    /// <param name="json">Positioned on a string or a name.</param>
    /// <param name="expected">Where to look first: clients usually name columns in the same order.</param>
    /// <returns>The column's position, or -1.</returns>
    public int Find(ref Utf8JsonReader json, int expected)
    {
        if (expected < _names.Length && json.ValueTextEquals(_names[expected]))
            return expected;
        if (!json.ValueIsEscaped)
            return _positions.TryGetValue(json.ValueSpan, out var position) ? position : -1;
        return json.ValueSpan.Length > _longest * EscapeLength ? -1 : FindEscaped(ref json);
    }

    private int FindEscaped(ref Utf8JsonReader json)
    {
        Span<byte> name = json.ValueSpan.Length <= RoomOnStack ? stackalloc byte[RoomOnStack] : new byte[json.ValueSpan.Length];
        return _positions.TryGetValue(name[..json.CopyString(name)], out var position) ? position : -1;
    }

    private sealed class Bytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Bytes Comparer { get; } = new();

        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] name) => GetHashCode(name.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> name) => name.ToArray();

        public bool Equals(ReadOnlySpan<byte> name, byte[] other) => name.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> name)
        {
            var hash = new HashCode();
            hash.AddBytes(name);
            return hash.ToHashCode();
        }
    }
}
