using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Images.Docker;

/// <summary>What docker says when it fails, and what a person can do about it.</summary>
internal static class DockerErrors
{
    private static readonly string[] UnreachableRegistry =
        ["no such host", "connection refused", "i/o timeout", "TLS handshake timeout", "network is unreachable", "Client.Timeout exceeded", "server misbehaving", "connection reset by peer"];

    private static readonly string[] AbsentImage =
        ["manifest unknown", "manifest for ", "repository does not exist", "pull access denied", "not found: manifest", ": not found", "repository name not known"];

    private static readonly string[] Refused = ["no basic auth credentials", "unauthorized", "authentication required", "denied"];

    public static SlipwayException NoClient(Exception e) => new(
        "The docker client can not be started. Install Docker (https://docs.docker.com/engine/install/; on Debian and Ubuntu: apt-get install docker.io) and put it on the PATH.", e);

    /// <summary>When a build can not have an image that it begins with.</summary>
    public static string? BaseImage(IReadOnlyList<string> lines) =>
        Says(lines, UnreachableRegistry) is { } away
            ? $"The registry of a base image can not be reached: {away} Where the network has none, name one that can be had: [Images] RuntimeImage and LibrariesImage in cake.config, or --Images_RuntimeImage=<image> --Images_LibrariesImage=<image>."
        : Says(lines, AbsentImage) is { } absent
            ? $"There is no such base image: {absent} Correct it where it is named: [Images] RuntimeImage or LibrariesImage in cake.config (or --Images_RuntimeImage, --Images_LibrariesImage), else in {BaseImages.Pins}."
        : null;

    /// <summary>When a registry is asked for an image, or given one.</summary>
    public static string? Registry(IReadOnlyList<string> lines) =>
        Says(lines, UnreachableRegistry) is { } away ? $"The registry can not be reached: {away}"
        : Says(lines, AbsentImage) is { } absent ? $"The registry has no such image, or shows it to others only: {absent}"
        : Says(lines, Refused) is { } refused ? $"The registry refused: {refused} Log in to it, or check what the credentials may do."
        : null;

    /// <param name="cause">What may be behind it, beside what can happen to any command.</param>
    /// <exception cref="SlipwayException">Docker failed.</exception>
    public static void ThrowIfDockerFailed(this ToolOutput output, string what, Func<IReadOnlyList<string>, string?>? cause = null)
    {
        if (output.ExitCode != 0 && (Engine(output.Lines) ?? cause?.Invoke(output.Lines)) is { } explained)
            throw new SlipwayException($"{what} failed. {explained}");
        output.ThrowIfFailed(what);
    }

    private static string? Engine(IReadOnlyList<string> lines) =>
        Says(lines, "permission denied while trying to connect") is { } denied
            ? $"This user may not talk to the engine: {denied} Add the user to the group 'docker' and log in again, use rootless Docker, or name another engine in DOCKER_HOST."
        : Says(lines, "Cannot connect to the Docker daemon", "failed to connect to the docker API", "Is the docker daemon running", "error during connect") is { } silent
            ? $"No engine answers: {silent} Start it (Docker Desktop, or: systemctl start docker), or name another in DOCKER_HOST."
        : Says(lines, "no space left on device") is { } full
            ? $"The engine's disk is full: {full} 'docker system df' shows what takes the room, 'docker system prune' frees what nothing uses."
        : Says(lines, "no matching manifest for windows", "image operating system \"linux\" cannot be used") is { } windows
            ? $"Docker runs Windows containers here: {windows} Switch it to Linux containers."
        : null;

    // one line, as a sentence
    private static string? Says(IReadOnlyList<string> lines, params string[] texts) =>
        lines.FirstOrDefault(line => texts.Any(text => line.Contains(text, StringComparison.OrdinalIgnoreCase)))?.Trim() is { } line
            ? line.EndsWith('.') || line.EndsWith('?') ? line : $"{line}."
            : null;
}
