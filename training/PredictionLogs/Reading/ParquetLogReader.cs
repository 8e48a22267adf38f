using System.Runtime.CompilerServices;
using Parquet;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs.Reading;

/// <summary>Reads a Parquet object of the log, one row group at a time.</summary>
public sealed class ParquetLogReader(IObjectStore store)
{
    /// <param name="id">Only this prediction; null for all.</param>
    /// <param name="model">Only this model; null for all.</param>
    /// <exception cref="InvalidDataException">The object is damaged.</exception>
    public async IAsyncEnumerable<PredictionRecord> PredictionsAsync(string key, string? id, string? model, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var group in GroupsAsync(key, reader => PredictionGroup.ReadAsync(reader, id, model, cancellation), cancellation))
            foreach (var record in group?.Records(id, model) ?? [])
                yield return record;
    }

    /// <inheritdoc cref="PredictionsAsync"/>
    public async IAsyncEnumerable<FeedbackRecord> FeedbackAsync(string key, string? model, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var group in GroupsAsync(key, reader => FeedbackGroup.ReadAsync(reader, cancellation), cancellation))
            foreach (var record in group.Records(model))
                yield return record;
    }

    private async IAsyncEnumerable<TGroup> GroupsAsync<TGroup>(string key, Func<LogGroupReader, Task<TGroup>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var content = await ContentAsync(key, cancellation);
        if (content is null)
            yield break; // expired since it was listed

        await using var reader = await SoundAsync(() => ParquetReader.CreateAsync(content, cancellationToken: cancellation));
        for (var i = 0; i < reader.RowGroupCount; i++)
            yield return await SoundAsync(async () =>
            {
                using var group = reader.OpenRowGroupReader(i);
                return await read(new(group));
            });
    }

    private async Task<MemoryStream?> ContentAsync(string key, CancellationToken cancellation)
    {
        await using var found = await store.GetAsync(key, cancellation: cancellation);
        if (found is null)
            return null;

        var content = new MemoryStream(checked((int)Math.Min(found.Info.Length, int.MaxValue / 2)));
        await found.Content.CopyToAsync(content, cancellation);
        content.Position = 0;
        return content;
    }

    // the library reports damage by any exception, and the content is in memory: the store is not involved any more
    private static async Task<T> SoundAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
