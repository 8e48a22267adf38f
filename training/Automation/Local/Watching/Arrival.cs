namespace Slipway.Automation.Local.Watching;

/// <summary>A dataset from the first sight of a copy in progress to a decision.</summary>
/// <param name="SeenAt">When its current state was first seen, by the watcher's own clock.</param>
/// <param name="FromStart">It was there when the watcher started, so its arrival time is unknown.</param>
public sealed record Arrival(DatasetFile File, TimeSpan SeenAt, bool FromStart, ArrivalPhase Phase);

public enum ArrivalPhase
{
    /// <summary>It may still be being written.</summary>
    Settling,

    /// <summary>It has stopped changing, and waits for its turn.</summary>
    Arrived,

    /// <summary>It was dealt with; it arrives again only with other content.</summary>
    Decided,

    /// <summary>It produced no version; it arrives again with other content or another spec.</summary>
    Failed,
}
