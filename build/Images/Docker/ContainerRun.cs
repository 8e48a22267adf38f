using Cake.Docker;

namespace Slipway.Build.Images.Docker;

/// <summary>A container with production restrictions: only /tmp and mounts are writable, and it has no capabilities.</summary>
/// <param name="Command">A command of the image with its arguments; empty for the image's default.</param>
public sealed record ContainerRun(string Image, params IReadOnlyList<string> Command)
{
    public string? Name { get; init; }

    /// <summary>User, or user and group, as numbers; null for the image's own.</summary>
    public string? User { get; init; }

    /// <summary>Passed through the client's environment, so that no value appears on a command line.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary><c>host</c>, <c>none</c>, or the name of a network; null for the engine's default.</summary>
    public string? Network { get; init; }

    /// <summary><c>address:port:port</c>, this machine's first.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>In MiB; there is no swap in addition.</summary>
    public int? MemoryLimit { get; init; }

    /// <summary>Whether the image's own health check runs.</summary>
    public bool HealthCheck { get; init; } = true;

    public int ProcessLimit { get; init; } = 512;

    /// <summary>The time limit for a container that is run to its end.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromDays(1);

    internal string Word => Command.Count > 0 ? Quote(Command[0]) : "";

    internal string[] Rest => [.. Command.Skip(1).Select(Quote)];

    internal DockerContainerRunSettings Settings(bool detach)
    {
        var settings = new DockerContainerRunSettings
        {
            CapDrop = ["ALL"],
            Detach = detach,
            Env = [.. Environment.Keys],
            Label = [.. Labels.Select(one => $"{one.Key}={one.Value}")],
            Memory = MemoryLimit is { } limit ? $"{limit}m" : "",
            MemorySwap = MemoryLimit is { } all ? $"{all}m" : "",
            Mount = [.. Mounts.Select(mount => mount.ToString())],
            Name = Name ?? "",
            Network = Network ?? "",
            NoHealthcheck = !HealthCheck,
            PidsLimit = ProcessLimit,
            Publish = [.. Ports],
            ReadOnly = true,
            SecurityOpt = ["no-new-privileges"],
            Tmpfs = ["/tmp:rw,nosuid,nodev,noexec,mode=1777"],
            User = User ?? "",
        };
        foreach (var (name, value) in Environment)
            settings.EnvironmentVariables[name] = name.StartsWith("DOCKER_", StringComparison.Ordinal) || name is "PATH" or "HOME"
                ? throw new ArgumentException($"{name} is read by the Docker client itself.")
                : value;
        return settings;
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <summary>A file or folder on this machine that is mounted into a container.</summary>
public sealed record ContainerMount(string Source, string Target, bool ReadOnly = false)
{
    public override string ToString() => $"type=bind,{Field($"source={Source}")},{Field($"target={Target}")}{(ReadOnly ? ",readonly" : "")}";

    // docker parses it as a line of CSV
    private static string Field(string field) => field.AsSpan().ContainsAny(',', '"') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
