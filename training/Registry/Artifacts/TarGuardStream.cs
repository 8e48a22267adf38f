using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Slipway.Registry.Artifacts;

/// <summary>
/// Observes a tar stream while it is read, and rejects what the reader itself would accept: it allocates whatever an extended header claims to need, trusts a size in it
/// more than the entry's own header, ignores header checksums (before .NET 11), and leaves everything after the end marker unread, including the gzip checksum.
/// </summary>
internal sealed class TarGuardStream(Stream inner, ArtifactLimits limits) : Stream
{
    private const int Block = 512;

    // long names and times need a few hundred bytes
    private const long MaxMetadataBytes = 64 * 1024;

    private readonly byte[] _header = new byte[Block];
    private int _filled;
    private readonly ArrayBufferWriter<byte> _extended = new();
    private readonly List<long> _claimed = [];
    private bool _inExtended;
    private long _extendedRest;
    private long _skip;
    private long _read;
    private int _entries;
    private bool _ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        return Follow(buffer.Span, count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => Follow(buffer, inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads the rest, which may only be padding, so that the checksum at the end is compared.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        while (await ReadAsync(buffer, cancellation) > 0)
        {
        }

        if (!_ended)
            throw new InvalidArtifactException("The archive is damaged: it ends without an end marker.");
    }

    private int Follow(ReadOnlySpan<byte> buffer, int count)
    {
        _read += count;
        if (_read > limits.Bytes)
            throw new InvalidArtifactException($"The archive unpacks to more than {limits.Bytes:N0} bytes. {ArtifactLimits.Remedy}");

        var rest = buffer[..count];
        while (rest.Length > 0)
        {
            var take = (int)Math.Min(rest.Length, _skip > 0 ? _skip : Block - _filled);
            if (_skip > 0)
                Pass(rest[..take]);
            else
                Fill(rest[..take]);
            rest = rest[take..];
        }

        return count;
    }

    private void Fill(ReadOnlySpan<byte> part)
    {
        part.CopyTo(_header.AsSpan(_filled));
        _filled += part.Length;
        if (_filled < Block)
            return;

        _filled = 0;
        if (!_header.AsSpan().ContainsAnyExcept((byte)0))
            _ended = true;
        else if (_ended)
            throw new InvalidArtifactException("The archive is damaged: something follows its end marker.");
        else
            Enter();
    }

    private void Enter()
    {
        if (++_entries > limits.Entries)
            throw new InvalidArtifactException($"The archive has more than {limits.Entries} entries.");
        if (Checksum() != Number(_header.AsSpan(148, 8)))
            throw new InvalidArtifactException("The archive is damaged: the checksum of an entry's header does not match.");

        var size = Number(_header.AsSpan(124, 12));
        if (size < 0 || size > limits.Bytes)
            throw new InvalidArtifactException($"An entry of the archive claims {size:N0} bytes; the limit is {limits.Bytes:N0}. {ArtifactLimits.Remedy}");
        if (_header[156] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' && size > MaxMetadataBytes)
            throw new InvalidArtifactException($"The archive has an extended header of {size:N0} bytes; the limit is {MaxMetadataBytes:N0}.");
        Expect(size);
        // links, FIFOs and devices have no data, whatever their size field says
        _skip = _header[156] is >= (byte)'1' and <= (byte)'6' ? 0 : (size + Block - 1) / Block * Block;
    }

    /// <summary>A size in an extended header must equal the entry's own, or it is unclear where the next entry begins.</summary>
    private void Expect(long size)
    {
        _inExtended = _header[156] is (byte)'x' or (byte)'g';
        if (_inExtended)
        {
            _extended.ResetWrittenCount();
            _extendedRest = size;
        }
        else if (_header[156] is not ((byte)'L' or (byte)'K'))
        {
            if (_claimed.Exists(claimed => claimed != size))
                throw new InvalidArtifactException("The archive is damaged: an extended header claims another size than the entry's own header.");
            _claimed.Clear();
        }
    }

    private void Pass(ReadOnlySpan<byte> content)
    {
        _skip -= content.Length;
        if (!_inExtended || _extendedRest == 0)
            return;

        var own = content[..(int)Math.Min(content.Length, _extendedRest)];
        _extended.Write(own);
        if ((_extendedRest -= own.Length) == 0)
            FindClaims(_extended.WrittenSpan);
    }

    // wherever it is: readers differ in whether a line break or the length of a record ends it
    private void FindClaims(ReadOnlySpan<byte> records)
    {
        while (records.IndexOf(" size="u8) is >= 0 and var found)
        {
            records = records[(found + " size="u8.Length)..];
            var end = records.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (end < 1 || records[end] != '\n' || !long.TryParse(records[..end], CultureInfo.InvariantCulture, out var size))
                throw new InvalidArtifactException("The archive is damaged: an extended header contains a size that is not a number.");
            if (_header[156] == 'g')
                throw new InvalidArtifactException("The archive is damaged: a header for all entries claims a size.");
            _claimed.Add(size);
        }
    }

    private long Checksum()
    {
        long sum = 0;
        for (var i = 0; i < Block; i++)
            sum += i is >= 148 and < 156 ? ' ' : _header[i];
        return sum;
    }

    // octal digits, or big-endian binary where the first bit is set
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
            return field[0] == 0x80 && !field[1..^8].ContainsAnyExcept((byte)0)
                ? BinaryPrimitives.ReadInt64BigEndian(field[^8..])
                : throw new InvalidArtifactException("The archive is damaged: a header contains an implausible number.");

        long number = 0;
        foreach (var digit in field.Trim(" \0"u8))
            number = digit is >= (byte)'0' and <= (byte)'7' ? number * 8 + (digit - '0') : throw new InvalidArtifactException("The archive is damaged: a header contains a field that is not a number.");
        return number;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
