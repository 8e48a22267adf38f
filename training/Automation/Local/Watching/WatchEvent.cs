namespace Slipway.Automation.Local.Watching;

/// <summary>Something that the watcher did or saw, in one line for people.</summary>
/// <param name="Model">Null if it does not concern a model.</param>
public sealed record WatchEvent(WatchEventKind Kind, string? Model, string Text);

public enum WatchEventKind
{
    /// <summary>Information.</summary>
    Note,

    /// <summary>A file is arriving.</summary>
    Seen,

    /// <summary>A file is not trained on, and why.</summary>
    Skipped,

    /// <summary>Another command has locked the environment.</summary>
    Waiting,

    /// <summary>A job is running.</summary>
    Training,

    /// <summary>A gate failed.</summary>
    Refused,

    /// <summary>There is a new version.</summary>
    Registered,

    /// <summary>The servers serve it.</summary>
    Serving,

    /// <summary>Something failed; the previous version is still served.</summary>
    Failed,
}
