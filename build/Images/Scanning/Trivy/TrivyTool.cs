using System.ComponentModel;
using System.Text.Json;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Trivy;

/// <summary>
/// Trivy at work on images: of the engine on this machine, read through the engine's own interface (<c>DOCKER_HOST</c>), which saves a copy in an
/// archive; or of a registry, by digest. <c>--image-src</c> keeps it from finding another image of that name elsewhere. Exit code 0 says that it
/// scanned, never that it found nothing: that is for <see cref="ScanGate"/> to say.
/// </summary>
/// <param name="work">A folder without settings of Trivy's: it reads <c>trivy.yaml</c>, <c>.trivyignore</c> and others where it is started.</param>
/// <param name="program">Its name on the PATH.</param>
public sealed class TrivyTool(ICakeContext context, string work, TimeProvider time, CancellationToken stop, string program = "trivy")
{
    /// <summary>The first whose reports say when they were made and what was left out of them, and which knows all of our switches.</summary>
    private static readonly Version Oldest = new(0, 60);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    // its own time-out says where it was; this one is for a Trivy that does not listen any more
    private static readonly TimeSpan LastPatience = Patience + TimeSpan.FromMinutes(2);

    /// <summary>What Trivy is, and what it knows at this moment.</summary>
    /// <exception cref="SlipwayException">It is not there, too old, or one of those that were tampered with.</exception>
    public TrivyVersion Version()
    {
        var output = Run(null, null, "version", "--format", "json");
        output.ThrowIfFailed("trivy version", Errors);
        try
        {
            var version = JsonSerializer.Deserialize(string.Concat(output.Lines.SkipWhile(line => !line.StartsWith('{'))), TrivyJson.Default.TrivyVersion);
            return version is { Version: { } text } && TrivyRelease.Problem(text, Oldest) is var problem
                ? problem is null ? version : throw new SlipwayException(problem)
                : throw NoVersion(output, null);
        }
        catch (JsonException e)
        {
            throw NoVersion(output, e);
        }
    }

    /// <summary>Scans an image once, for everything: nothing is left out by severity, state or file.</summary>
    /// <param name="report">The file that the JSON report goes to.</param>
    /// <param name="configuration">Folder of a docker client's configuration that holds the login to a registry; null for the person's own.</param>
    public void Scan(ImageToScan image, string report, Action<string> now, string? configuration = null) =>
        Run(now, configuration, "image", "--image-src", image.Origin == ImageOrigin.Engine ? "docker" : "remote", "--format", "json", "--output", report,
            "--scanners", "vuln,secret,misconfig", "--image-config-scanners", "misconfig,secret", "--list-all-pkgs", "--show-suppressed",
            "--exit-code", "0", "--no-progress", "--timeout", $"{Patience.TotalMinutes:0}m", image.Reference)
            .ThrowIfFailed($"trivy image {image.Reference}", TrivyFailure.Essence);

    /// <summary>Writes a report in another format, without scanning again.</summary>
    /// <param name="format"><c>sarif</c> or <c>cyclonedx</c>.</param>
    public void Convert(string report, string format, string output) =>
        Run(null, null, "convert", "--format", format, "--output", output, report).ThrowIfFailed($"trivy convert --format {format}", Errors);

    private static IDictionary<string, string?> Variables(string? configuration) => configuration is null
        ? TrivyRelease.Variables
        : new Dictionary<string, string?>(TrivyRelease.Variables) { [Slipway.Build.Cli.Configuration.EnvironmentVariables.DockerConfiguration] = configuration };

    private static IReadOnlyList<string> Errors(IReadOnlyList<string> lines) => TrivyFailure.Errors(lines);

    private static SlipwayException NoVersion(ToolOutput output, JsonException? inner) => new(
        $"'trivy version --format json' did not say a version, so this is no Trivy:{Environment.NewLine}{string.Join(Environment.NewLine, output.Lines)}", inner!);

    private ToolOutput Run(Action<string>? now, string? configuration, params string[] arguments)
    {
        Directory.CreateDirectory(work);
        using var deadline = new Deadline(LastPatience, time, stop);
        var builder = new ProcessArgumentBuilder();
        foreach (var argument in arguments)
            builder.AppendQuoted(argument);
        try
        {
            var output = new ToolOutput(now).Run(new StoppableContext(context, deadline.Token), program, new ProcessSettings
            {
                Arguments = builder,
                WorkingDirectory = work,
                EnvironmentVariables = Variables(configuration),
            });
            stop.ThrowIfCancellationRequested();
            return deadline.HasPassed ? throw new SlipwayException($"trivy {arguments[0]} was ended: it had not come to its end after {LastPatience.TotalMinutes:0} minutes.") : output;
        }
        catch (Exception e) when (e is Win32Exception or CakeException)
        {
            throw new SlipwayException($"Trivy can not be started: there is no '{program}' on the PATH. {TrivyRelease.HowToInstall}", e);
        }
    }
}
