using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Slipway.Inference.Replicas;

namespace Slipway.Inference.PredictionLogs;

/// <summary>One object of the log while it is being filled: gzip, one JSON document per line.</summary>
public sealed class LogObject : IDisposable
{
    // the compressor is called once for many lines
    private const int LinesAtOnce = 32 * 1024;

    private readonly MemoryStream _content = new();
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly ArrayBufferWriter<byte> _lines = new(LinesAtOnce + 1024);
    private readonly Utf8JsonWriter _json;
    private readonly GZipStream _gzip;
    private readonly ReplicaIdentity _replica;

    public LogObject(string key, ReplicaIdentity replica)
    {
        Key = key;
        _replica = replica;
        _gzip = new(_content, CompressionLevel.Fastest, leaveOpen: true);
        _json = new(_line, new JsonWriterOptions { SkipValidation = true });
    }

    public string Key { get; }
    public int Records { get; private set; }

    /// <summary>The memory of its records, to be released.</summary>
    public long Bytes { get; private set; }

    /// <summary>An entry that cannot be written leaves nothing behind.</summary>
    public void Add(LogEntry entry)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        entry.Write(_json, _replica);
        _json.Flush();
        _lines.Write(_line.WrittenSpan);
        _lines.Write("\n"u8);
        if (_lines.WrittenCount >= LinesAtOnce)
            Compress();
        Records++;
        Bytes += entry.Bytes;
    }

    public void Complete()
    {
        Compress();
        _gzip.Dispose();
    }

    public void Dispose()
    {
        Complete();
        _json.Reset(); // the rest of an entry that could not be written
        _json.Dispose();
        _content.Dispose();
    }

    private void Compress()
    {
        if (_lines.WrittenCount > 0)
            _gzip.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }

    public Stream Read() => new MemoryStream(_content.GetBuffer(), 0, (int)_content.Length, writable: false);
}
