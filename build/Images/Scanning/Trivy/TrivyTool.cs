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
/// Runs Trivy on images: those of the engine on this machine, through the engine's own API (<c>DOCKER_HOST</c>), which saves a copy in an
/// archive; or those of a registry, by digest. <c>--image-src</c> keeps it from finding another image of that name elsewhere. Exit code 0 means that it
/// scanned, not that it found nothing: <see cref="ScanGate"/> decides that.
/// </summary>
/// <param name="work">A folder without Trivy settings: it reads <c>trivy.yaml</c>, <c>.trivyignore</c> and others from its working directory.</param>
/// <param name="program">Its name on the PATH.</param>
public sealed class TrivyTool(ICakeContext context, string work, TimeProvider time, CancellationToken stop, string program = "trivy")
{
    /// <summary>The first release whose reports contain their date and the suppressed findings, and which supports all of our switches.</summary>
    private static readonly Version Oldest = new(0, 60);

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    // Trivy's own timeout has a better message; this one is for a Trivy that hangs
    private static readonly TimeSpan HardTimeout = Timeout + TimeSpan.FromMinutes(2);

    /// <summary>Trivy's version and the state of its data.</summary>
    /// <exception cref="SlipwayException">It is not installed, too old, or a malicious release.</exception>
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

    /// <summary>Scans an image once, for everything: nothing is suppressed by severity, state or file.</summary>
    /// <param name="report">The file for the JSON report.</param>
    /// <param name="configuration">The folder of a Docker client configuration with the login to a registry; null for the user's own.</param>
    public void Scan(ImageToScan image, string report, Action<string> now, string? configuration = null) =>
        Run(now, configuration, "image", "--image-src", image.Origin == ImageOrigin.Engine ? "docker" : "remote", "--format", "json", "--output", report,
            "--scanners", "vuln,secret,misconfig", "--image-config-scanners", "misconfig,secret", "--list-all-pkgs", "--show-suppressed",
            "--exit-code", "0", "--no-progress", "--timeout", $"{Timeout.TotalMinutes:0}m", image.Reference)
            .ThrowIfFailed($"trivy image {image.Reference}", TrivyFailure.Essence);

    /// <summary>Converts a report to another format, without scanning again.</summary>
    /// <param name="format"><c>sarif</c> or <c>cyclonedx</c>.</param>
    public void Convert(string report, string format, string output) =>
        Run(null, null, "convert", "--format", format, "--output", output, report).ThrowIfFailed($"trivy convert --format {format}", Errors);

    private static IDictionary<string, string?> Variables(string? configuration) => configuration is null
        ? TrivyRelease.Variables
        : new Dictionary<string, string?>(TrivyRelease.Variables) { [Slipway.Build.Cli.Configuration.EnvironmentVariables.DockerConfiguration] = configuration };

    private static IReadOnlyList<string> Errors(IReadOnlyList<string> lines) => TrivyFailure.Errors(lines);

    private static SlipwayException NoVersion(ToolOutput output, JsonException? inner) => new(
        $"'trivy version --format json' did not print a version, so this is not Trivy:{Environment.NewLine}{string.Join(Environment.NewLine, output.Lines)}", inner!);

    private ToolOutput Run(Action<string>? now, string? configuration, params string[] arguments)
    {
        Directory.CreateDirectory(work);
        using var deadline = new Deadline(HardTimeout, time, stop);
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
            return deadline.HasPassed ? throw new SlipwayException($"trivy {arguments[0]} was ended: it had not come to its end after {HardTimeout.TotalMinutes:0} minutes.") : output;
        }
        catch (Exception e) when (e is Win32Exception or CakeException)
        {
            throw new SlipwayException($"Trivy cannot be started: '{program}' is not on the PATH. {TrivyRelease.InstallHint}", e);
        }
    }
}
