using System.Security.Cryptography;
using Slipway.Inference.Options;
using Slipway.Inference.Replicas;
using Slipway.PredictionLogs;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Inference.PredictionLogs;

/// <summary>Names the log's objects and writes them to the store.</summary>
public sealed class PredictionLogStore(IObjectStore store, ReplicaIdentity replica, PersonalValues personal, InferenceOptions options, TimeProvider time)
{
    public LogObject Open(LogKind kind, DateTimeOffset hour) => new(kind, hour, replica, personal);

    public async Task CompleteAsync(LogObject filled)
    {
        await filled.CompleteAsync();
        var folder = filled.Kind == LogKind.Prediction ? StoreKeys.PredictionPartition(filled.Hour) : StoreKeys.FeedbackPartition(filled.Hour);
        filled.Key = folder + new LogObjectName(
            replica.Replica, filled.Counts.First, filled.Counts.Last, RandomNumberGenerator.GetHexString(LogObjectName.UniqueLength, lowercase: true));
    }

    public async Task PutAsync(LogObject next, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.StoreTimeout, time, cancellation);
        using var content = next.Read();

        // a key that exists already was written by an attempt whose response got lost
        await store.PutAsync(next.Key, content, PutCondition.Absent, deadline.Token).WaitAsync(options.StoreTimeout, time, CancellationToken.None);
    }
}
