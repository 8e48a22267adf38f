using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Benchmarks.Load;

/// <summary>Reads HTTP/1.1 responses from a connection, and keeps what a load generator needs of each.</summary>
public sealed class AnswerReader(Func<Memory<byte>, int> read)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _headLength;

    public int Status { get; private set; }

    /// <summary>Whether the server closes the connection after this response.</summary>
    public bool Closes { get; private set; }

    /// <summary>Status line and headers of the last response; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Head => _buffer.AsSpan(0, _headLength);

    /// <exception cref="IOException">The connection was closed, or the response is invalid.</exception>
    public void Next()
    {
        // moved to the front, so that the head stays in place while the body is read
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end, _headLength) = (0, _end - _start, 0);
        int length;
        while ((length = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8)) < 0)
            Fill();
        _headLength = length + 2;
        _start = length + 4;
        Status = ReadStatus();
        Closes = Is(Header("connection"u8), "close"u8);
        if (Is(Header("transfer-encoding"u8), "chunked"u8))
            SkipChunks();
        else
            Skip(ReadLength());
    }

    /// <summary>The value of a header, by its name in lower case; empty if the response does not have it.</summary>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
    {
        var rest = Head;
        while (rest.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var line = rest[..end];
            if (line.Length > name.Length && line[name.Length] == ':' && Is(line[..name.Length], name))
                return line[(name.Length + 1)..].Trim((byte)' ');
            rest = rest[(end + 2)..];
        }

        return [];
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => Ascii.EqualsIgnoreCase(text, other);

    private int ReadStatus() =>
        Head.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(Head[9..], out int status, out _) ? status : throw new IOException("The response is not HTTP/1.1.");

    private int ReadLength() =>
        Utf8Parser.TryParse(Header("content-length"u8), out int length, out _) && length >= 0 ? length : throw new IOException("The response has no length.");

    private void SkipChunks()
    {
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
                Fill();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(_start, line), out int length, out _, 'x'))
                throw new IOException("The response has a chunk without a length.");
            Skip(line + 2);
            Skip(length + 2);
            if (length == 0)
                return;
        }
    }

    private void Skip(int count)
    {
        while (_end - _start < count)
        {
            count -= _end - _start;
            _start = _end = _headLength;
            Fill();
        }

        _start += count;
    }

    private void Fill()
    {
        if (_end == _buffer.Length && _start > _headLength)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer.AsSpan(_headLength));
            (_start, _end) = (_headLength, _headLength + _end - _start);
        }

        if (_end == _buffer.Length)
            throw new IOException("The headers of the response exceed 64 KiB.");
        var count = read(_buffer.AsMemory(_end));
        _end += count > 0 ? count : throw new SocketException((int)SocketError.ConnectionReset);
    }
}
