using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Images;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Docker;
using Slipway.Build.Images.Packaging;
using Slipway.Build.Images.Pushing;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Supply;
using Slipway.Build.Tasks;
using Slipway.Registry;
using KnownArguments = Slipway.Build.Cli.Arguments;

namespace Slipway.Build.Factories;

/// <summary>Creates the objects that package, scan and push the images of this tree.</summary>
public sealed class ImageFactory(BuildContext context)
{
    /// <summary>The tag of this tree's images.</summary>
    public ImageTag Tag => new(BuildIdentity.Version, context.Git.Source(), context.Settings.Platform);

    /// <summary>The output files of this tree's images.</summary>
    public ReleaseFiles Files => new(context.Paths.Images, Tag.ToString());

    /// <summary>Whether this run ends with a push: what the push would reject is rejected before the work starts.</summary>
    public bool EndsWithPush => context.IsRequested(nameof(PushImages));

    /// <param name="stop">Cancels its work.</param>
    public DockerTool Docker(CancellationToken stop) => new(context, stop);

    /// <param name="stop">Cancels its work.</param>
    public ImagePackaging Packaging(CancellationToken stop) => new(context.Paths.Root, context.DotNet, Docker(stop), context.Settings.Bases, Files, TimeProvider.System);

    public Task<ReleaseRecord> PackageAsync(CancellationToken stop) => Packaging(stop).PackageAsync(Tag, context.Report);

    /// <summary>Scans the images of this tree and applies the policy.</summary>
    /// <exception cref="SlipwayException">The scan policy is invalid.</exception>
    public ImageScanning Scanning(CancellationToken stop)
    {
        var files = Files;
        return new(Scanner(files, stop), () => new NuGetTool(context, stop).Audit(context.Paths.Solution, context.Settings.AuditSource), files, context.Report, TimeProvider.System);
    }

    /// <summary>The same for the images that run in the environment of this run.</summary>
    /// <inheritdoc cref="Scanning"/>
    public LiveScanning LiveScanning(CancellationToken stop) => new(
        Scanner(new(context.Paths.Images, Environments.LiveImages.LiveScanning.FolderOf(context.EnvironmentName)), stop), Login(), context.Report, context.Job);

    /// <summary>The container registry that this run pushes images to: the one that was named, or else the environment's.</summary>
    public async Task<ImageDestination> DestinationAsync(CancellationToken cancellation)
    {
        var registry = context.Value(KnownArguments.Registry);
        if (ImageDestination.Problem(context.EnvironmentName, context.Settings.Aws, registry) is { } problem)
            throw new UsageException(problem);
        var host = registry is null ? null : new RegistryHost(registry);
        return context.Settings.Aws.TryGetValue(context.EnvironmentName, out var aws)
            ? ImageDestination.Of((await context.Environments.OpenAwsAsync(aws, cancellation)).Record.Images, host)
            : ImageDestination.In(host!);
    }

    /// <summary>Pushes the images of this tree.</summary>
    /// <param name="stop">Cancels its work.</param>
    public ImagePush Pushing(CancellationToken stop)
    {
        var files = Files;
        return new(files, new(files, Provenance), new DockerEngine(Docker(stop)), Login(), context.Report, TimeProvider.System);
    }

    /// <summary>Packages, scans and pushes, for a deployment whose container registry does not have the images of this tree.</summary>
    public async Task PublishAsync(AwsEnvironment environment, CancellationToken cancellation)
    {
        await PackageAsync(cancellation);
        Scanning(cancellation).Scan();
        await Pushing(cancellation).RunAsync(ImageDestination.Of(environment.Record.Images, instead: null), cancellation);
    }

    private ImageScanner Scanner(ReleaseFiles files, CancellationToken stop) => new(
        new(context, files.Folder, TimeProvider.System, stop),
        ScanPolicyReader.Read(context.Paths.FromRoot(context.Settings.ScanPolicy)) with { File = context.Settings.ScanPolicy }, files, context.Report, TimeProvider.System);

    private RegistryLogin Login()
    {
        var person = UserCredentials.OfThisMachine(TimeProvider.System);
        IRegistryCredentialSource credentials = context.Settings.Aws.TryGetValue(context.EnvironmentName, out var aws) ? new EcrCredentials(new AwsClients(aws).Ecr, person) : person;
        return new(credentials, DockerClientConfiguration.OfThisMachine(TimeProvider.System));
    }

    private static byte[] Provenance(ReleaseRecord release, ReleaseImage image) =>
        ImageProvenance.Of(release, image, BuildInvocation.Of(EnvironmentVariables.Value));
}
