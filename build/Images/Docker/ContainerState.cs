namespace Slipway.Build.Images.Docker;

/// <summary>A container as the engine sees it now.</summary>
/// <param name="Image">The id of its image.</param>
/// <param name="Status">As docker words it: created, running, paused, restarting, removing, exited, dead.</param>
/// <param name="ExitCode">0 while it runs.</param>
/// <param name="OutOfMemory">The kernel ended it, or a process in it, over its memory limit.</param>
/// <param name="ProcessId">Of its first process, as the engine's machine counts; 0 when it has ended.</param>
/// <param name="Health">starting, healthy or unhealthy; null where the image has no check.</param>
public sealed record ContainerState(
    string Id, string Name, string Image, string Status, bool Running, int ExitCode, bool OutOfMemory, string? Health, string Error,
    DateTimeOffset StartedAt, int ProcessId, IReadOnlyDictionary<string, string> Labels);
