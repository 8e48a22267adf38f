using Slipway.Build.Cli;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Soaking;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Environments.Infra;
using Slipway.Build.Environments.Reports;
using Slipway.Registry;
using Slipway.Registry.Costs;
using KnownArguments = Slipway.Build.Cli.Arguments;

namespace Slipway.Build.Factories;

/// <summary>Opens the environments that a run works in.</summary>
public sealed class EnvironmentFactory(BuildContext context)
{
    /// <summary>The one in <c>--environment</c>, or else the one in cake.config.</summary>
    public async Task<SlipwayEnvironment> OpenAsync(CancellationToken cancellation) =>
        context.Settings.Aws.TryGetValue(context.EnvironmentName, out var aws)
            ? context.Value(KnownArguments.Fault) is null
                ? await OpenAwsAsync(aws, cancellation)
                : throw new UsageException($"{KnownArguments.Fault.Flag} deploys a faulty release to the local environment only, never to '{context.EnvironmentName}'.")
            : OpenLocal();

    public Task<AwsEnvironment> OpenAwsAsync(AwsSettings aws, CancellationToken cancellation) => AwsEnvironment.OpenAsync(
        context.EnvironmentName, aws, new(Folder),
        new(context.Images.PublishAsync, () => context.Images.Files.Find(), context.Settings.Platform), TimeProvider.System, cancellation, Prices);

    /// <summary>The local one, for targets that work only there.</summary>
    /// <param name="instead">What to use on AWS.</param>
    /// <exception cref="UsageException">The environment is not the local one.</exception>
    public LocalEnvironment OpenLocal(string target, string instead) => context.Settings.Aws.ContainsKey(context.EnvironmentName)
        ? throw new UsageException($"{target} works in the local environment only, not in '{context.EnvironmentName}': {instead}")
        : OpenLocal();

    /// <summary>The one that candidates are compared with.</summary>
    /// <returns>Null if the environment has not been created, so that it serves nothing.</returns>
    /// <exception cref="SlipwayException">It cannot be reached.</exception>
    public async Task<SlipwayEnvironment?> OpenServedAsync(CancellationToken cancellation)
    {
        try
        {
            return await OpenAsync(cancellation);
        }
        catch (NotBuiltException e)
        {
            context.Report.Line(e.Message);
            return null;
        }
        catch (SlipwayException e) when (context.Settings.Aws.ContainsKey(context.EnvironmentName))
        {
            var why = new SlipwayException(
                $"{e.Message}\nTo evaluate models without access to '{context.EnvironmentName}', as for a pull request from a fork: {KnownArguments.Environment.Flag}={EnvironmentList.Local}", e);
            TrialsReport.ShowNoTrial(context.Models.Trials, context.Job, why);
            throw why;
        }
    }

    /// <summary>The scratch environment for trials, emptied.</summary>
    public Scratch OpenScratch(string target) => Scratch.Open(
        new(FolderOf(Scratch.Name), new(Port: null, context.Settings.Model, context.Settings.Local, InContainers: false), Engine, TimeProvider.System), target);

    /// <summary>The folder of the benchmark's environment, separate from those that people use.</summary>
    public string BenchmarkFolder => FolderOf(BenchmarkRequest.EnvironmentName);

    /// <summary>The folder of the soak's environment.</summary>
    public string SoakFolder => FolderOf(SoakRequest.EnvironmentName);

    /// <summary>The Terraform configuration of this run's environment.</summary>
    public EnvironmentInfra Infra(CancellationToken stop)
    {
        var (name, settings) = (context.EnvironmentName, context.Settings.Aws[context.EnvironmentName]);
        var source = InfraSource.Of(name, settings, context.Paths, Folder);
        var variables = new Dictionary<string, string> { ["AWS_REGION"] = settings.Region };
        if (settings.Endpoint is { } endpoint)
            variables["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/');
        var mirror = TerraformProviders.Mirror(EnvironmentVariables.Value, Path.GetPathRoot(context.Paths.Root)!);
        return new(
            new(context, source.Module, Path.Combine(Folder, "terraform"), variables, mirror), name, source, context.Paths.AutomationPackage, context.Report, stop);
    }

    private string Folder => FolderOf(context.EnvironmentName);

    private string FolderOf(string environment) =>
        EnvironmentVariables.Value(EnvironmentVariables.Home) is { } home ? Path.Combine(home, environment) : context.Paths.EnvironmentFolder(environment);

    private LocalEnvironment OpenLocal() => new(
        Folder,
        new(context.Number(KnownArguments.Port), context.Settings.Model, context.Settings.Local, context.Value(KnownArguments.Fleet) is { } fleet ? fleet == "docker" : null, context.Value(KnownArguments.Fault)),
        Engine, TimeProvider.System)
    { Prices = Prices };

    private PriceTable? Prices => PriceTableReader.ReadFile(context.Paths.FromRoot(context.Settings.Prices));

    private LocalEngine Engine => new(context.Images.Docker, context.Images.PackageAsync);
}
