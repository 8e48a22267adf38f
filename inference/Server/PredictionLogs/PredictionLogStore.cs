using System.Globalization;
using Slipway.Inference.Options;
using Slipway.Inference.Replicas;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Inference.PredictionLogs;

/// <summary>Names the log's objects and writes them to the store.</summary>
public sealed class PredictionLogStore(IObjectStore store, ReplicaIdentity replica, InferenceOptions options, TimeProvider time)
{
    private int _number;

    public LogObject Open(string folder)
    {
        var at = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        return new(string.Create(CultureInfo.InvariantCulture, $"{folder}{replica.Replica}-{at}-{++_number}.jsonl.gz"), replica);
    }

    public async Task PutAsync(LogObject next, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.StoreTimeout, time, cancellation);
        using var content = next.Read();

        // a key that exists already was written by an attempt whose response got lost
        await store.PutAsync(next.Key, content, PutCondition.Absent, deadline.Token).WaitAsync(options.StoreTimeout, time, CancellationToken.None);
    }
}
