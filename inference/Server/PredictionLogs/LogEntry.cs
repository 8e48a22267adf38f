using Slipway.Inference.Replicas;
using Slipway.PredictionLogs.Writing;

namespace Slipway.Inference.PredictionLogs;

/// <summary>A record that waits to be written, together with others of its hour.</summary>
public abstract record LogEntry
{
    protected LogEntry(string predictionId, string model, int version, DateTimeOffset hour)
    {
        PredictionId = predictionId;
        Identify(model, version, hour);
    }

    public virtual string PredictionId { get; }
    public string Model { get; private set; } = "";
    public int Version { get; private set; }

    /// <summary>Any time in the hour that it belongs to.</summary>
    public DateTimeOffset Hour { get; private set; }

    /// <summary>Its approximate size in memory.</summary>
    public abstract long Bytes { get; }

    public abstract LogKind Kind { get; }

    /// <summary>The counter in its prediction's id.</summary>
    public abstract ulong Count { get; }

    /// <summary>Adds its rows to those of its kind.</summary>
    /// <exception cref="Exception">It cannot be written.</exception>
    public abstract void Write(LogRows rows, ReplicaIdentity replica, PersonalValues personal);

    protected void Identify(string model, int version, DateTimeOffset hour) => (Model, Version, Hour) = (model, version, hour);
}

/// <summary>Each kind has objects and a prefix of its own.</summary>
public enum LogKind
{
    Prediction,
    Feedback,
}
