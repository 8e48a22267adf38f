using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Predictions;

/// <summary>
/// Finds a prediction in the log: gzip JSON lines named <c>&lt;replica&gt;-....jsonl.gz</c> in the folder of its hour.
/// </summary>
public sealed class PredictionLogReader(IObjectStore store)
{
    private const string Suffix = ".jsonl.gz";

    /// <summary>Returns null if the log does not contain it: it may have been sampled out, dropped under load, expired, or not be written yet.</summary>
    /// <param name="id">The parsed <paramref name="text"/>.</param>
    public async Task<PredictionRecord?> FindAsync(PredictionId id, string text, CancellationToken cancellation)
    {
        SlipwayException? damage = null;
        await foreach (var key in KeysAsync(id, cancellation))
            try
            {
                if (await FindAsync(key, text, cancellation) is { } record)
                    return record;
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException)
            {
                // continue: it may be in another file. Only if not, this one may have contained it.
                damage ??= new SlipwayException($"The prediction log '{key}' is damaged: {e.Message.TrimEnd('.')}. Put it back from a backup, or delete it.", e);
            }

        return damage is null ? null : throw damage;
    }

    private async IAsyncEnumerable<string> KeysAsync(PredictionId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // the lines of an hour's last moments may be written in the next
        foreach (var hour in new[] { id.Hour, id.Hour.AddHours(1) })
            await foreach (var key in store.ListKeysAsync($"{StoreKeys.PredictionHour(id.Model, hour)}{id.Replica}-", cancellation: cancellation))
                if (key.EndsWith(Suffix, StringComparison.Ordinal))
                    yield return key;
    }

    private async Task<PredictionRecord?> FindAsync(string key, string text, CancellationToken cancellation)
    {
        await using var found = await store.GetAsync(key, cancellation: cancellation);
        if (found is null)
            return null; // expired since it was listed

        await using var gzip = new GZipStream(found.Content, CompressionMode.Decompress);
        using var lines = new StreamReader(gzip);
        while (await lines.ReadLineAsync(cancellation) is { } line)
            // only lines that contain the id are worth parsing; it needs no escapes in JSON
            if (line.Contains(text, StringComparison.Ordinal) && Parse(line) is { } record && record.PredictionId == text)
                return record;
        return null;
    }

    private static PredictionRecord? Parse(string line) => CompleteJson.Deserialize(line, RegistryJsonLines.Default.PredictionRecord);
}
