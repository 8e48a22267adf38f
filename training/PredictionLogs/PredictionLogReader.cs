using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.PredictionLogs.JsonLines;
using Slipway.PredictionLogs.Reading;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs;

/// <summary>Reads the prediction log: one prediction by its id, or everything of a period, from Parquet objects and from the JSON lines of earlier servers.</summary>
/// <param name="damaged">Receives what cannot be read, which is then left out; without it, reading a period ends with that error.</param>
public sealed class PredictionLogReader(IObjectStore store, Action<SlipwayException>? damaged = null)
{
    private readonly JsonLinesReader _lines = new(store);
    private readonly ParquetLogReader _objects = new(store);

    /// <summary>Returns null if the log does not contain it: it may have been sampled out, dropped under load, expired, or not be written yet.</summary>
    /// <param name="id">The parsed <paramref name="text"/>.</param>
    public async Task<PredictionRecord?> FindAsync(PredictionId id, string text, CancellationToken cancellation)
    {
        SlipwayException? damage = null;
        await foreach (var (key, found) in MayContainAsync(id, text, cancellation))
            try
            {
                if (await found.FirstOrDefaultAsync(cancellation) is { } record)
                    return record;
            }
            catch (Exception e) when (IsDamage(e))
            {
                // continue: it may be in another file. Only if not, this one may have contained it.
                damage ??= Damaged(key, e);
            }

        return damage is null ? null : throw damage;
    }

    /// <summary>
    /// The predictions from <paramref name="from"/> until before <paramref name="to"/>, object by object. A prediction whose server did not learn that the store
    /// had its object may occur twice: its id is the same.
    /// </summary>
    /// <param name="model">Null for all models.</param>
    /// <exception cref="SlipwayException">An object is damaged.</exception>
    public async IAsyncEnumerable<PredictionRecord> ReadAsync(
        DateTimeOffset from, DateTimeOffset to, string? model = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var key in ParquetKeys.OfPeriodAsync(store, StoreKeys.Predictions, from, to, cancellation))
            await foreach (var record in EachAsync(key, _objects.PredictionsAsync(key, null, model, cancellation)))
                if (record.At >= from && record.At < to)
                    yield return record;
        await foreach (var key in JsonLinesKeys.OfPredictionsAsync(store, from, to, model, cancellation))
            await foreach (var record in EachAsync(key, _lines.ReadAsync(key, RegistryJsonLines.Default.PredictionRecord, cancellation)))
                if (record.At >= from && record.At < to)
                    yield return record;
    }

    /// <summary>
    /// The labels of predictions from the hour of <paramref name="from"/> until before <paramref name="to"/>, whenever they arrived: the hour is what a prediction's id
    /// contains. There may be several for a prediction, in any order: the one with the latest <see cref="FeedbackRecord.At"/> counts.
    /// </summary>
    /// <param name="model">Null for all models.</param>
    /// <exception cref="SlipwayException">An object is damaged.</exception>
    public async IAsyncEnumerable<FeedbackRecord> ReadFeedbackAsync(
        DateTimeOffset from, DateTimeOffset to, string? model = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var key in ParquetKeys.OfPeriodAsync(store, StoreKeys.Feedback, from, to, cancellation))
            await foreach (var record in EachAsync(key, _objects.FeedbackAsync(key, model, cancellation)))
                yield return record;
        await foreach (var key in JsonLinesKeys.OfFeedbackAsync(store, from, to, model, cancellation))
            await foreach (var record in EachAsync(key, _lines.ReadAsync(key, RegistryJsonLines.Default.FeedbackRecord, cancellation)))
                yield return record;
    }

    private async IAsyncEnumerable<(string Key, IAsyncEnumerable<PredictionRecord> Found)> MayContainAsync(
        PredictionId id, string text, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var key in ParquetKeys.OfPredictionAsync(store, id, cancellation))
            yield return (key, _objects.PredictionsAsync(key, text, null, cancellation));
        await foreach (var key in JsonLinesKeys.OfPredictionAsync(store, id, cancellation))
            yield return (key, _lines.FindAsync(key, text, cancellation));
    }

    private async IAsyncEnumerable<T> EachAsync<T>(string key, IAsyncEnumerable<T> records)
    {
        await using var each = records.GetAsyncEnumerator();
        while (await NextAsync(key, each))
            yield return each.Current;
    }

    private async Task<bool> NextAsync<T>(string key, IAsyncEnumerator<T> each)
    {
        try
        {
            return await each.MoveNextAsync();
        }
        catch (Exception e) when (IsDamage(e))
        {
            var damage = Damaged(key, e);
            if (damaged is null)
                throw damage;
            damaged(damage);
            return false;
        }
    }

    private static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or JsonException;

    private static SlipwayException Damaged(string key, Exception e) =>
        new($"The prediction log '{key}' is damaged: {e.Message.TrimEnd('.')}. Put it back from a backup, or delete it.", e);
}
