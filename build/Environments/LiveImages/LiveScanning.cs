using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Registry;

namespace Slipway.Build.Environments.LiveImages;

/// <summary>
/// Scans again what an environment runs: an image does not change after it was released, but what is known of its packages does. The packages of
/// the code are not audited here, because the code at hand is not what runs; the image's own lists name them.
/// </summary>
public sealed class LiveScanning(ImageScanner scanner, RegistryLogin login, IProgressReport report, WorkflowJob job)
{
    /// <summary>What is scanned in an environment, in place of a release's tag.</summary>
    public static string FolderOf(string environment) => $"live-{environment}";

    /// <exception cref="RefusedException">There is more than the policy allows today; everything is written.</exception>
    /// <exception cref="SlipwayException">Nothing runs there in an image, or something could not be scanned.</exception>
    public async Task ScanAsync(SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var services = await environment.LiveImagesAsync(cancellation);
        report.Table($"What '{environment.Name}' runs", services.Select(service => KeyValuePair.Create(service.Service, service.Reference)));
        var images = LiveImage.ToScan(services);
        scanner.ForgetAll();
        scanner.RequireScanner();

        var verdicts = new List<ScanVerdict>();
        foreach (var image in images)
        {
            using var configuration = await ConfigureAsync(image, cancellation);
            verdicts.Add(scanner.Scan(image, configuration?.Folder).Verdict);
        }

        try
        {
            scanner.Decide(
                $"what runs in {environment.Name}", verdicts, unused: [],
                $"Build it anew with what mends it (base images: {BaseImages.Pins}, packages: Directory.Packages.props), and deploy that: what runs in '{environment.Name}' carries");
        }
        finally
        {
            job.Summarize(File.ReadLines(scanner.Summary));
            job.Output("folder", scanner.Folder);
        }
    }

    // by host: a login in Trivy's own variables would be shown to every registry that it asks, also those of its data
    private async Task<PrivateDockerConfiguration?> ConfigureAsync(ImageToScan image, CancellationToken cancellation)
    {
        if (image.Origin == ImageOrigin.Engine)
            return null;
        var host = RegistryRepository.Parse(image.Reference.Split('@')[0]).Host;
        return login.Configure(host, await login.FindAsync(host, cancellation));
    }
}
