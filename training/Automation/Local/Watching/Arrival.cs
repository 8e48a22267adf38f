namespace Slipway.Automation.Local.Watching;

/// <summary>A dataset on its way from a copy that somebody began to a decision.</summary>
/// <param name="SeenAt">When it was first seen as it is now, on the watcher's own clock.</param>
/// <param name="FromStart">It lay there when the watcher began, so nobody knows when it came.</param>
public sealed record Arrival(DatasetFile File, TimeSpan SeenAt, bool FromStart, ArrivalPhase Phase);

public enum ArrivalPhase
{
    /// <summary>Somebody may still be writing it.</summary>
    Settling,

    /// <summary>It has been still, and waits for its turn.</summary>
    Arrived,

    /// <summary>It was dealt with; only other content makes it arrive again.</summary>
    Decided,

    /// <summary>It gave no model; other content or another spec makes it arrive again.</summary>
    Failed,
}
