using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Cake.Core;
using Cake.Docker;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Images.Docker;

/// <summary>The engine that the Docker client talks to (DOCKER_HOST, or else this machine's own): images and containers.</summary>
/// <param name="cancellation">Stops running commands, including containers that are run to their end.</param>
public sealed partial class DockerTool(ICakeContext context, CancellationToken cancellation = default)
{
    /// <summary>Docker's exit code if the command of a container could not be started.</summary>
    private const int NeverRan = 125;

    private static readonly TimeSpan ForAnAnswer = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForATransfer = TimeSpan.FromMinutes(30);

    /// <exception cref="SlipwayException">There is no client, no responding engine, or none for Linux; the message says what to do.</exception>
    public void RequireEngine()
    {
        var platform = EnginePlatform();
        if (!platform.StartsWith("linux/", StringComparison.Ordinal))
            throw new SlipwayException($"Docker runs '{platform}' containers here, but Slipway needs Linux containers. In Docker Desktop's menu, choose 'Switch to Linux containers...'.");
    }

    /// <summary>Builds an image, and moves its tag.</summary>
    public void Build(ImageBuild build, Action<string>? now = null) => Invoke(
        new DockerImageBuildSettings
        {
            BuildArg = [.. build.Arguments.Where(one => one.Value.Length > 0).Select(one => $"{one.Key}={one.Value}")],
            File = build.Dockerfile,
            ForceRm = true,
            Label = [.. build.Labels.Select(one => $"{one.Key}={one.Value}")],
            // an old engine supports the switch only as an experiment
            Platform = EnginePlatform() == build.Platform.Docker ? "" : build.Platform.Docker,
            Tag = [build.Tag],
        },
        (docker, settings) => docker.DockerBuild(settings, build.Folder), ForATransfer, now)
        .ThrowIfDockerFailed($"docker build of {build.Tag}", DockerErrors.BaseImage);

    /// <summary>Null if the engine does not have the image.</summary>
    /// <param name="reference">A name with tag or digest, or an id.</param>
    public EngineImage? FindImage(string reference) => Inspect("image", reference) is { } json ? EngineJson.Image(json) : null;

    // Cake's alias takes no settings, so its output would be lost if it fails
    public void Tag(string image, string reference) => Custom($"tag {image} {reference}").ThrowIfDockerFailed($"docker tag {image} {reference}");

    /// <param name="configuration">The folder of a Docker client configuration with the credentials; null for the user's own.</param>
    /// <returns>The digest of the image in the registry: <c>sha256:&lt;64 hex digits&gt;</c></returns>
    public string Push(string reference, string? configuration, Action<string>? now = null)
    {
        var output = Invoke(
            With(new DockerImagePushSettings(), configuration), (docker, settings) => docker.DockerPush(settings, reference), ForATransfer, now);
        output.ThrowIfDockerFailed($"docker push {reference}", DockerErrors.Registry);
        return output.Lines.Select(line => PushedDigest().Match(line)).LastOrDefault(match => match.Success)?.Groups[1].Value
            ?? throw new SlipwayException($"docker push {reference} did not print the digest:{Environment.NewLine}{string.Join(Environment.NewLine, output.Lines)}");
    }

    /// <summary>Pulls a base image.</summary>
    public void PullBase(string reference, Action<string>? now = null) => Invoke(
        new DockerImagePullSettings(), (docker, settings) => docker.DockerPull(settings, reference), ForATransfer, now)
        .ThrowIfDockerFailed($"docker pull {reference}", DockerErrors.BaseImage);

    /// <inheritdoc cref="Push"/>
    public void Pull(string reference, string? configuration, Action<string>? now = null) => Invoke(
        With(new DockerImagePullSettings(), configuration), (docker, settings) => docker.DockerPull(settings, reference), ForATransfer, now)
        .ThrowIfDockerFailed($"docker pull {reference}", DockerErrors.Registry);

    /// <summary>Writes an image to a file, as scanners read it.</summary>
    public void Save(string image, string file) => Invoke(
        new DockerImageSaveSettings { Output = file }, (docker, settings) => docker.DockerSave(settings, image), ForATransfer)
        .ThrowIfDockerFailed($"docker save {image}");

    /// <returns>Whether it was deleted: an image with another name or a container is kept.</returns>
    public bool RemoveImage(string id)
    {
        var output = Invoke(new DockerImageRemoveSettings(), (docker, settings) => docker.DockerRemove(settings, id), ForAnAnswer);
        if (!output.Lines.Any(line => line.Contains("conflict", StringComparison.OrdinalIgnoreCase)) && !IsAbsent(output))
            output.ThrowIfDockerFailed($"docker rmi {id}");
        return output.ExitCode == 0;
    }

    /// <summary>Starts a container and leaves it running.</summary>
    /// <returns>Its id.</returns>
    public string Start(ContainerRun run)
    {
        var output = Invoke(run.Settings(detach: true), (docker, settings) => docker.DockerRun(settings, run.Image, run.Word, run.Rest), ForATransfer);
        output.ThrowIfDockerFailed($"docker run {run.Image}", DockerErrors.Registry);
        // there may be warnings around it
        return output.Lines.Last(line => ContainerId().IsMatch(line));
    }

    /// <summary>Runs a container to its end and removes it.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="SlipwayException">It could not be started, or exceeded its time limit.</exception>
    public int Run(ContainerRun run, Action<string>? now = null)
    {
        var named = run with { Name = run.Name ?? $"slipway-{Guid.NewGuid():n}" };
        try
        {
            var output = Invoke(
                named.Settings(detach: false), (docker, settings) => docker.DockerRunWithoutResult(settings, named.Image, named.Word, named.Rest), run.TimeLimit, now);
            if (output.ExitCode == NeverRan)
                output.ThrowIfDockerFailed($"docker run {run.Image}", DockerErrors.Registry);
            return output.ExitCode;
        }
        finally
        {
            // the client may exit before the container does
            new DockerTool(context).Remove(named.Name);
        }
    }

    /// <summary>Null if the engine does not have the container.</summary>
    public ContainerState? FindContainer(string idOrName) => Inspect("container", idOrName) is { } json ? EngineJson.Container(json) : null;

    /// <summary>Stops a container, and kills it if it has not stopped in time.</summary>
    /// <param name="timeout">In whole seconds.</param>
    public void Stop(string id, TimeSpan timeout) => Invoke(
        new DockerContainerStopSettings { Time = (int)timeout.TotalSeconds }, (docker, settings) => docker.DockerStop(settings, id), ForAnAnswer + timeout)
        .ThrowIfDockerFailed($"docker stop {id}");

    /// <summary>Kills a container.</summary>
    public void Kill(string id) => Custom($"kill {id}").ThrowIfDockerFailed($"docker kill {id}");

    /// <summary>Removes a container, running or not; a container that does not exist is not an error.</summary>
    public void Remove(string id)
    {
        var output = Invoke(
            new DockerContainerRmSettings { Force = true, Volumes = true }, (docker, settings) => docker.DockerRm(settings, id), ForAnAnswer);
        if (!IsAbsent(output))
            output.ThrowIfDockerFailed($"docker rm {id}");
    }

    /// <summary>The output of a container so far, from both streams.</summary>
    public IReadOnlyList<string> Logs(string id)
    {
        var output = Invoke(new DockerContainerLogsSettings(), (docker, settings) => docker.DockerLogs(settings, id), ForAnAnswer);
        output.ThrowIfDockerFailed($"docker logs {id}");
        return output.Lines;
    }

    private string EnginePlatform()
    {
        var output = Custom("version --format \"{{.Server.Os}}/{{.Server.Arch}}\"");
        output.ThrowIfDockerFailed("docker version");
        return output.Lines.LastOrDefault(line => Platform().IsMatch(line)) ?? string.Join(' ', output.Lines);
    }

    private string? Inspect(string kind, string reference)
    {
        var output = Custom($"{kind} inspect --format \"{{{{json .}}}}\" {reference}");
        if (IsAbsent(output))
            return null;
        output.ThrowIfDockerFailed($"docker {kind} inspect {reference}");
        return output.Lines.First(line => line.StartsWith('{'));
    }

    private static bool IsAbsent(ToolOutput output) =>
        output.ExitCode != 0 && output.Lines.Any(line => line.Contains("No such ", StringComparison.OrdinalIgnoreCase) && !line.Contains("no such host", StringComparison.Ordinal));

    private ToolOutput Custom(string command) =>
        Invoke(new DockerCustomCommandSettings(), (docker, settings) => docker.DockerCustomCommand(settings, command), ForAnAnswer);

    private ToolOutput Invoke<T>(T settings, Action<ICakeContext, T> command, TimeSpan limit, Action<string>? now = null)
        where T : AutoToolSettings
    {
        using var deadline = new Deadline(limit, TimeProvider.System, cancellation);
        var output = new ToolOutput(now);
        try
        {
            command(new StoppableContext(context, deadline.Token), output.Capture(settings));
        }
        catch (Exception e) when (e is Win32Exception or CakeException)
        {
            throw DockerErrors.NoClient(e);
        }

        cancellation.ThrowIfCancellationRequested();
        return deadline.HasPassed && output.ExitCode != 0
            ? throw new SlipwayException(string.Create(CultureInfo.InvariantCulture, $"Docker took longer than {limit:c} and was stopped. Its last line: {(output.Lines is [.., var last] ? last : "(none)")}"))
            : output;
    }

    private static T With<T>(T settings, string? configuration)
        where T : AutoToolSettings
    {
        if (configuration is not null)
            settings.EnvironmentVariables["DOCKER_CONFIG"] = configuration;
        return settings;
    }

    [GeneratedRegex("digest: (sha256:[0-9a-f]{64})")]
    private static partial Regex PushedDigest();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex ContainerId();

    [GeneratedRegex("^[a-z]+/[a-z0-9]+$")]
    private static partial Regex Platform();
}
