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
/// Scans the images that an environment is running again: an image does not change after its release, but the known vulnerabilities of its packages do.
/// NuGet packages are not audited here, because the code in this tree is not what is running; the image's own package lists are used.
/// </summary>
public sealed class LiveScanning(ImageScanner scanner, RegistryLogin login, IProgressReport report, WorkflowJob job)
{
    /// <summary>The name of the folder, in place of a release's tag.</summary>
    public static string FolderOf(string environment) => $"live-{environment}";

    /// <exception cref="RefusedException">There is more than the policy allows today; all files are written.</exception>
    /// <exception cref="SlipwayException">No images are running there, or something could not be scanned.</exception>
    public async Task ScanAsync(SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var services = await environment.LiveImagesAsync(cancellation);
        report.Table($"Running in '{environment.Name}'", services.Select(service => KeyValuePair.Create(service.Service, service.Reference)));
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
                $"running images of {environment.Name}", verdicts, unused: [],
                $"Rebuild with the fixes (base images: {BaseImages.Pins}, packages: Directory.Packages.props) and deploy: the images running in '{environment.Name}' contain");
        }
        finally
        {
            job.Summarize(File.ReadLines(scanner.Summary));
            job.Output("folder", scanner.Folder);
        }
    }

    // per host: a login in Trivy's own variables would be sent to every registry that it contacts, including those of its database
    private async Task<PrivateDockerConfiguration?> ConfigureAsync(ImageToScan image, CancellationToken cancellation)
    {
        if (image.Origin == ImageOrigin.Engine)
            return null;
        var host = RegistryRepository.Parse(image.Reference.Split('@')[0]).Host;
        return login.Configure(host, await login.FindAsync(host, cancellation));
    }
}
