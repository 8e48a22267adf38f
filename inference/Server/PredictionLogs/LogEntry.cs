using Slipway.Inference.Replicas;
using Slipway.PredictionLogs.Writing;

namespace Slipway.Inference.PredictionLogs;

/// <summary>A record that waits to be written, together with others of its hour.</summary>
/// <param name="Hour">Any time in the hour that it belongs to.</param>
public abstract record LogEntry(string PredictionId, string Model, int Version, DateTimeOffset Hour)
{
    /// <summary>Its approximate size in memory.</summary>
    public abstract long Bytes { get; }

    public abstract LogKind Kind { get; }

    /// <summary>The counter in its prediction's id.</summary>
    public abstract ulong Count { get; }

    /// <summary>Adds its rows to those of its kind.</summary>
    /// <exception cref="Exception">It cannot be written.</exception>
    public abstract void Write(LogRows rows, ReplicaIdentity replica, PersonalValues personal);
}

/// <summary>Each kind has objects and a prefix of its own.</summary>
public enum LogKind
{
    Prediction,
    Feedback,
}
