using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Images.Docker;

/// <summary>Translates Docker's error output into what a person can do about it.</summary>
internal static class DockerErrors
{
    private static readonly string[] UnreachableRegistry =
        ["no such host", "connection refused", "i/o timeout", "TLS handshake timeout", "network is unreachable", "Client.Timeout exceeded", "server misbehaving", "connection reset by peer"];

    private static readonly string[] AbsentImage =
        ["manifest unknown", "manifest for ", "repository does not exist", "pull access denied", "not found: manifest", ": not found", "repository name not known"];

    private static readonly string[] Refused = ["no basic auth credentials", "unauthorized", "authentication required", "denied"];

    public static SlipwayException NoClient(Exception e) => new(
        "The Docker client cannot be started. Install Docker (https://docs.docker.com/engine/install/; on Debian and Ubuntu: apt-get install docker.io) and add it to the PATH.", e);

    /// <summary>When a build cannot get its base image.</summary>
    public static string? BaseImage(IReadOnlyList<string> lines) =>
        FindLine(lines, UnreachableRegistry) is { } away
            ? $"The registry of a base image cannot be reached: {away} If this network has no access to it, name an image that is available: [Images] RuntimeImage and LibrariesImage in cake.config, or --Images_RuntimeImage=<image> --Images_LibrariesImage=<image>."
        : FindLine(lines, AbsentImage) is { } absent
            ? $"The base image does not exist: {absent} Correct its name: [Images] RuntimeImage or LibrariesImage in cake.config (or --Images_RuntimeImage, --Images_LibrariesImage), or otherwise in {BaseImages.Pins}."
        : null;

    /// <summary>When an image is pulled from a container registry, or pushed to one.</summary>
    public static string? Registry(IReadOnlyList<string> lines) =>
        FindLine(lines, UnreachableRegistry) is { } away ? $"The registry cannot be reached: {away}"
        : FindLine(lines, AbsentImage) is { } absent ? $"The image does not exist in the registry, or you have no access to it: {absent}"
        : FindLine(lines, Refused) is { } refused ? $"The registry denied access: {refused} Log in to it, or check the permissions of the credentials."
        : null;

    /// <param name="cause">The possible causes of this command's failure, in addition to those of any command.</param>
    /// <exception cref="SlipwayException">Docker failed.</exception>
    public static void ThrowIfDockerFailed(this ToolOutput output, string what, Func<IReadOnlyList<string>, string?>? cause = null)
    {
        if (output.ExitCode != 0 && (Engine(output.Lines) ?? cause?.Invoke(output.Lines)) is { } explained)
            throw new SlipwayException($"{what} failed. {explained}");
        output.ThrowIfFailed(what);
    }

    private static string? Engine(IReadOnlyList<string> lines) =>
        FindLine(lines, "permission denied while trying to connect") is { } denied
            ? $"This user has no access to the Docker engine: {denied} Add the user to the group 'docker' and log in again, use rootless Docker, or name another engine in DOCKER_HOST."
        : FindLine(lines, "Cannot connect to the Docker daemon", "failed to connect to the docker API", "Is the docker daemon running", "error during connect") is { } silent
            ? $"The Docker engine does not respond: {silent} Start it (Docker Desktop, or: systemctl start docker), or name another in DOCKER_HOST."
        : FindLine(lines, "no space left on device") is { } full
            ? $"The engine's disk is full: {full} 'docker system df' shows the disk usage, 'docker system prune' deletes unused data."
        : FindLine(lines, "no matching manifest for windows", "image operating system \"linux\" cannot be used") is { } windows
            ? $"Docker is set to Windows containers: {windows} Switch it to Linux containers."
        : null;

    // one line, as a sentence
    private static string? FindLine(IReadOnlyList<string> lines, params string[] texts) =>
        lines.FirstOrDefault(line => texts.Any(text => line.Contains(text, StringComparison.OrdinalIgnoreCase)))?.Trim() is { } line
            ? line.EndsWith('.') || line.EndsWith('?') ? line : $"{line}."
            : null;
}
