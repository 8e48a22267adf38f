namespace Slipway.Build.Images.Docker;

/// <summary>The current state of a container in the engine.</summary>
/// <param name="Image">The id of its image.</param>
/// <param name="Status">Docker's term: created, running, paused, restarting, removing, exited, dead.</param>
/// <param name="ExitCode">0 while it is running.</param>
/// <param name="OutOfMemory">The kernel killed it, or a process in it, because of its memory limit.</param>
/// <param name="ProcessId">The id of its first process on the engine's machine; 0 if it has exited.</param>
/// <param name="Health">starting, healthy or unhealthy; null if the image has no health check.</param>
public sealed record ContainerState(
    string Id, string Name, string Image, string Status, bool Running, int ExitCode, bool OutOfMemory, string? Health, string Error,
    DateTimeOffset StartedAt, int ProcessId, IReadOnlyDictionary<string, string> Labels);
