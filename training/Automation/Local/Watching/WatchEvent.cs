namespace Slipway.Automation.Local.Watching;

/// <summary>Something that the watcher did or saw, in one line for a person.</summary>
/// <param name="Model">Null where it is about no model.</param>
public sealed record WatchEvent(WatchEventKind Kind, string? Model, string Text);

public enum WatchEventKind
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>A file begins to arrive.</summary>
    Seen,

    /// <summary>A file will not become a model, and why.</summary>
    Skipped,

    /// <summary>Another command holds the environment.</summary>
    Waiting,

    /// <summary>A job runs.</summary>
    Training,

    /// <summary>The gates said no.</summary>
    Refused,

    /// <summary>There is a new version.</summary>
    Registered,

    /// <summary>The servers answer with it.</summary>
    Serving,

    /// <summary>Something did not work; what answered before still answers.</summary>
    Failed,
}
