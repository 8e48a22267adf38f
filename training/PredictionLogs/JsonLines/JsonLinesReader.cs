using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs.JsonLines;

/// <summary>Reads an object of gzip JSON lines.</summary>
public sealed class JsonLinesReader(IObjectStore store)
{
    public async IAsyncEnumerable<PredictionRecord> FindAsync(string key, string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in LinesAsync(key, cancellation))
            // only lines that contain the id are worth parsing; it needs no escapes in JSON
            if (line.Contains(id, StringComparison.Ordinal) && CompleteJson.Deserialize(line, RegistryJsonLines.Default.PredictionRecord) is { } record && record.PredictionId == id)
                yield return record;
    }

    public async IAsyncEnumerable<T> ReadAsync<T>(string key, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in LinesAsync(key, cancellation))
            if (CompleteJson.Deserialize(line, type) is { } record)
                yield return record;
    }

    private async IAsyncEnumerable<string> LinesAsync(string key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var found = await store.GetAsync(key, cancellation: cancellation);
        if (found is null)
            yield break; // expired since it was listed

        await using var gzip = new GZipStream(found.Content, CompressionMode.Decompress);
        using var lines = new StreamReader(gzip);
        while (await lines.ReadLineAsync(cancellation) is { } line)
            yield return line;
    }
}
