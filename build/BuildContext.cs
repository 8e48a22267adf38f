using System.Globalization;
using Cake.Core;
using Slipway.Build.Benchmarks;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Environments.Infra;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Training;
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
using Slipway.Build.Tools;
using Slipway.Build.Workflows.Changes;
using Slipway.Build.Workflows.Lint;
using Slipway.Build.Workflows.Lint.Rules;
using Slipway.Build.Workflows.Lint.Shell;
using Slipway.Registry;
// every Cake context has a member called Arguments
using KnownArguments = Slipway.Build.Cli.Arguments;

namespace Slipway.Build;

/// <summary>What a target works with: complete before the first task, unchanged until the last.</summary>
public sealed class BuildContext(ICakeContext context, Invocation invocation, IProgressReport report, WorkflowJob job) : FrostingContext(context)
{
    public Paths Paths => invocation.Paths;

    public Settings Settings => invocation.Settings;

    public TargetCatalog Targets => invocation.Targets;

    /// <summary>The names under training/models, sorted.</summary>
    public IReadOnlyList<string> Models => invocation.Facts.Models;

    public IProgressReport Report => report;

    /// <summary>The GitHub job that this runs in; outside of one it takes everything and does nothing.</summary>
    public WorkflowJob Job => job;

    /// <summary>A report whose tables and lines stand on the page of a workflow's run as well, once it is disposed.</summary>
    public SummarizedReport Summarized(string title) => new(report, job, title, TimeProvider.System);

    public DotNetTool DotNet { get; } = new(context);

    public GitTool Git { get; } = new(context, invocation.Paths.Root);

    /// <summary>Where this run works: <c>--environment</c>, else the one in cake.config.</summary>
    public string EnvironmentName => Value(KnownArguments.Environment) ?? Settings.Environment;

    /// <summary>The model this run works on: <c>--model</c>, else the one in cake.config.</summary>
    /// <exception cref="SlipwayException">cake.config names a model whose folder is gone.</exception>
    public string ModelName
    {
        get
        {
            var name = Value(KnownArguments.Model) ?? Settings.Model;
            return Models.Contains(name)
                ? name
                : throw new SlipwayException($"cake.config names the model '{name}', but {Paths.Relative(Paths.Model(name))} is not there. Correct {SettingKeys.Model.Name}, or name a model with {KnownArguments.Model}.");
        }
    }

    /// <summary>
    /// The model that this run works on, where what is registered counts: its folder may be gone from the repository.
    /// </summary>
    /// <exception cref="UsageException">There is no such model, neither here nor in the environment.</exception>
    public async Task<string> RegisteredModelAsync(SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var name = Value(KnownArguments.Model) ?? Settings.Model;
        if (Models.Contains(name))
            return name;

        var registered = await environment.Versions.ModelsAsync(cancellation);
        return registered.Contains(name)
            ? name
            : throw new UsageException($"{KnownArguments.Model.Flag} names no model: '{name}'.{Suggestion.DidYouMean(name, registered.Union(Models))} Registered in this environment: {string.Join(", ", registered.DefaultIfEmpty("none"))}.");
    }

    /// <summary>Who asks, for the history: the person behind a workflow, or whoever is logged in.</summary>
    public string By => EnvironmentVariables.Value(EnvironmentVariables.GitHubActor) ?? System.Environment.UserName;

    /// <summary>Opens the environment that this run works in.</summary>
    public async Task<SlipwayEnvironment> OpenEnvironmentAsync(CancellationToken cancellation) =>
        Settings.Aws.TryGetValue(EnvironmentName, out var aws)
            ? await OpenAwsAsync(aws, cancellation)
            : OpenLocal();

    private Task<AwsEnvironment> OpenAwsAsync(AwsSettings aws, CancellationToken cancellation) =>
        AwsEnvironment.OpenAsync(EnvironmentName, aws, new(EnvironmentFolder), new(PublishImagesAsync, () => ReleaseFiles.Find(), Settings.Platform), TimeProvider.System, cancellation);

    /// <summary>The same, for what only this machine can do.</summary>
    /// <param name="instead">What does it on AWS.</param>
    /// <exception cref="UsageException">The run is to work elsewhere.</exception>
    public LocalEnvironment OpenLocalEnvironment(string target, string instead) => Settings.Aws.ContainsKey(EnvironmentName)
        ? throw new UsageException($"{target} works in the local environment only, not in '{EnvironmentName}': {instead}")
        : OpenLocal();

    private string EnvironmentFolder => EnvironmentFolderOf(EnvironmentName);

    private string EnvironmentFolderOf(string environment) =>
        EnvironmentVariables.Value(EnvironmentVariables.Home) is { } home ? Path.Combine(home, environment) : Paths.EnvironmentFolder(environment);

    private Task<ReleaseRecord> PackageImagesAsync(CancellationToken stop) => ImagePackaging(stop).PackageAsync(ImageTag, report);

    private LocalEnvironment OpenLocal() => new(
        EnvironmentFolder,
        new(Number(KnownArguments.Port), Settings.Model, Settings.Local, Value(KnownArguments.Fleet) is { } fleet ? fleet == "docker" : null), new(Docker, PackageImagesAsync), TimeProvider.System);

    /// <summary>An environment for a benchmark alone, of processes on free ports, beside those that a person works with.</summary>
    public Task<BenchmarkPlace> OpenBenchmarkAsync()
    {
        var (root, settings) = (EnvironmentFolderOf(BenchmarkPlace.Name), Settings.Local with { PublicPort = 0, PrivatePort = 0 });
        return BenchmarkPlace.OpenAsync(
            root, () => new(root, new(Port: 0, ModelName, settings, InContainers: false), new(Docker, PackageImagesAsync), TimeProvider.System), TimeProvider.System);
    }

    /// <summary>What Terraform builds of the environment that this run works on.</summary>
    public EnvironmentInfra Infra(CancellationToken stop)
    {
        var settings = Settings.Aws[EnvironmentName];
        var source = InfraSource.Of(EnvironmentName, settings, Paths, EnvironmentFolder);
        var variables = new Dictionary<string, string> { ["AWS_REGION"] = settings.Region };
        if (settings.Endpoint is { } endpoint)
            variables["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/');
        return new(
            new(this, source.Module, Path.Combine(EnvironmentFolder, "terraform"), variables, TerraformProviders.Mirror(EnvironmentVariables.Value, Path.GetPathRoot(Paths.Root)!)), EnvironmentName,
            source, Paths.AutomationPackage, report, stop);
    }

    /// <param name="stop">Ends what it does.</param>
    public DockerTool Docker(CancellationToken stop) => new(this, stop);

    /// <summary>Whether this run ends with a push: what that refuses is better refused before the work than after it.</summary>
    public bool EndsWithPush => invocation.CommandLine.Targets.Any(name => Targets.Find(name)?.Name == nameof(PushImages));

    /// <summary>How the images of this tree are called.</summary>
    public ImageTag ImageTag => new(BuildIdentity.Version, Git.Source(), Settings.Platform);

    /// <summary>What the images of this tree leave behind.</summary>
    public ReleaseFiles ReleaseFiles => new(Paths.Images, ImageTag.ToString());

    /// <summary>Where this run pushes images: the registry that is named, in place of the environment's.</summary>
    public async Task<ImageDestination> ImageDestinationAsync(CancellationToken cancellation)
    {
        var registry = Value(KnownArguments.Registry);
        if (ImageDestination.Problem(EnvironmentName, Settings.Aws, registry) is { } problem)
            throw new UsageException(problem);
        var host = registry is null ? null : new RegistryHost(registry);
        return Settings.Aws.TryGetValue(EnvironmentName, out var aws)
            ? ImageDestination.Of((await OpenAwsAsync(aws, cancellation)).Record.Images, host)
            : ImageDestination.In(host!);
    }

    /// <summary>What pushes the images of this tree.</summary>
    /// <param name="stop">Ends what it does.</param>
    public ImagePush Pushing(CancellationToken stop)
    {
        var files = ReleaseFiles;
        return new(files, new(files, Provenance), new DockerEngine(Docker(stop)), RegistryLogin(), report, TimeProvider.System);
    }

    private RegistryLogin RegistryLogin()
    {
        var person = PersonCredentials.OfThisMachine(TimeProvider.System);
        IRegistryCredentialSource credentials = Settings.Aws.TryGetValue(EnvironmentName, out var aws) ? new EcrCredentials(new AwsClients(aws).Ecr, person) : person;
        return new(credentials, DockerClientConfiguration.OfThisMachine(TimeProvider.System));
    }

    private static byte[] Provenance(ReleaseRecord release, ReleaseImage image) =>
        ImageProvenance.Of(release, image, BuildInvocation.Of(EnvironmentVariables.Value));

    private async Task PublishImagesAsync(AwsEnvironment environment, CancellationToken cancellation)
    {
        await ImagePackaging(cancellation).PackageAsync(ImageTag, report);
        Scanning(cancellation).Scan();
        await Pushing(cancellation).RunAsync(ImageDestination.Of(environment.Record.Images, instead: null), cancellation);
    }

    /// <summary>What scans and judges the images of this tree.</summary>
    /// <exception cref="SlipwayException">The policy of scans does not make sense.</exception>
    public ImageScanning Scanning(CancellationToken stop)
    {
        var files = ReleaseFiles;
        return new(Scanner(files, stop), () => new NuGetTool(this, stop).Audit(Paths.Solution, Settings.AuditSource), files, report, TimeProvider.System);
    }

    /// <summary>What checks the workflows of this repository.</summary>
    /// <param name="stop">Ends what it does.</param>
    public WorkflowLint WorkflowLint(CancellationToken stop) => new(
        Paths.Root, WorkflowRules.All(new(Targets, invocation.Facts, ShellWord.IsOpen)), new(new(this, TimeProvider.System, stop)),
        new(new(this, TimeProvider.System, stop), Paths.WorkflowLinters, Paths.InstalledWorkflowLinters));

    /// <summary>The same for what the environment runs that this run works on.</summary>
    /// <inheritdoc cref="Scanning"/>
    public LiveScanning LiveScanning(CancellationToken stop) => new(
        Scanner(new(Paths.Images, Slipway.Build.Environments.LiveImages.LiveScanning.FolderOf(EnvironmentName)), stop), RegistryLogin(), report, Job);

    private ImageScanner Scanner(ReleaseFiles files, CancellationToken stop) => new(
        new(this, files.Folder, TimeProvider.System, stop), ScanPolicyReader.Read(Paths.FromRoot(Settings.ScanPolicy)) with { File = Settings.ScanPolicy }, files, report, TimeProvider.System);

    /// <param name="stop">Ends what it does.</param>
    public ImagePackaging ImagePackaging(CancellationToken stop) =>
        new(Paths.Root, DotNet, Docker(stop), Settings.Bases, ReleaseFiles, TimeProvider.System);

    /// <summary>What this tree changed since it left another.</summary>
    public RepositoryChanges ChangesSince(string reference) => ChangePolicy.Of(Git.ChangedSince(reference), Models);

    /// <summary>The models that this run tries: the one that is named, those that a change touches, or all.</summary>
    public IReadOnlyList<ModelFolder> TouchedModels()
    {
        var names = Value(KnownArguments.Model) is { } model ? [model] : Value(KnownArguments.Base) is { } reference ? ChangesSince(reference).Models : Models;
        return [.. names.Select(FolderOfModel)];
    }

    /// <summary>What trying models leaves.</summary>
    public TrialFiles TrialFiles => new(Paths.Gates);

    /// <summary>Opens where models are tried, emptied.</summary>
    public Scratch OpenScratch(string target) => Scratch.Open(
        new(EnvironmentFolderOf(Scratch.Name), new(Port: null, Settings.Model, Settings.Local, InContainers: false), new(Docker, PackageImagesAsync), TimeProvider.System), target);

    /// <summary>Opens the environment that tried models are compared with.</summary>
    /// <returns>Null where it has not been built, and so serves nothing.</returns>
    /// <exception cref="SlipwayException">It can not be asked.</exception>
    public async Task<SlipwayEnvironment?> OpenServedAsync(CancellationToken cancellation)
    {
        try
        {
            return await OpenEnvironmentAsync(cancellation);
        }
        catch (NotBuiltException e)
        {
            report.Line(e.Message);
            return null;
        }
        catch (SlipwayException e) when (Settings.Aws.ContainsKey(EnvironmentName))
        {
            var why = new SlipwayException(
                $"{e.Message}\nTo try models without looking into '{EnvironmentName}', as for a pull request from a fork: {KnownArguments.Environment.Flag}={EnvironmentList.Local}", e);
            TrialsReport.ShowNoTrial(TrialFiles, Job, why);
            throw why;
        }
    }

    /// <summary>The folder of a model of this repository.</summary>
    public ModelFolder FolderOfModel(string model) => new(model, Paths.Model(model));

    /// <summary>The folder of the model that this run works on.</summary>
    public ModelFolder ModelFolder => new(ModelName, Paths.Model(ModelName));

    /// <summary>The folder of the model that this run makes.</summary>
    public ModelFolder NewModelFolder => new(Required(KnownArguments.NewModel), Paths.Model(Required(KnownArguments.NewModel)));

    /// <summary>Copies what was built to where services run from.</summary>
    public ReleaseSet AddReleases(SlipwayEnvironment environment) => new(
        AddRelease(environment, Paths.Trainer), AddRelease(environment, "inference/Server"), AddRelease(environment, "gateway/Proxy"));

    /// <summary>The same for one project alone.</summary>
    public FolderRelease AddRelease(SlipwayEnvironment environment, string project) =>
        new ReleaseFolder(environment.Folders).Add(Paths.Output(project, DotNetTool.Configuration));

    /// <summary>The trainer that was built, copied to where jobs run it from.</summary>
    public TrainerBuild TrainerBuild(SlipwayEnvironment environment) => TrainerBuild(AddRelease(environment, Paths.Trainer));

    /// <inheritdoc cref="TrainerBuild(SlipwayEnvironment)"/>
    public TrainerBuild TrainerBuild(FolderRelease trainer) => new(trainer, trainer.Hash, Git.Source(), By, Git.Refusal);

    /// <summary>What was given for an argument; null when nothing was.</summary>
    public string? Value(Argument argument) => invocation.CommandLine.Value(argument);

    /// <summary>What was given for an argument that the target does not run without.</summary>
    /// <exception cref="UsageException">Nothing was given.</exception>
    public string Required(Argument argument) =>
        Value(argument) ?? throw new UsageException($"{argument} is needed: {argument.Description}.");

    /// <summary>Whether a flag is given.</summary>
    public bool IsSet(Argument flag) => Value(flag) == ValueRule.True;

    public DateTimeOffset? Instant(Argument argument) =>
        Value(argument) is { } value && InstantText.TryParse(value, out var instant) ? instant : null;

    /// <inheritdoc cref="Required"/>
    public int RequiredNumber(Argument argument) => int.Parse(Required(argument), CultureInfo.InvariantCulture);

    public int? Number(Argument argument) =>
        Value(argument) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    /// <summary>The full path of a file given as an argument, starting where the caller stood.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public string? ExistingFile(Argument argument)
    {
        if (Value(argument) is not { } value)
            return null;
        var path = Paths.FromCaller(value);
        if (Directory.Exists(path))
            throw new UsageException($"{argument.Flag}: {path} is a folder. Name one file in it.");
        return File.Exists(path) ? path : throw new UsageException($"{argument.Flag}: there is no file {path}.");
    }

    /// <summary>What is in a file given as an argument that the target does not run without.</summary>
    /// <exception cref="UsageException">Nothing was given, or there is no such file.</exception>
    public byte[] Content(Argument argument)
    {
        Required(argument);
        var path = ExistingFile(argument)!;
        // opening a pipe would wait for somebody to write into it
        return new FileInfo(path).Length > 0 ? File.ReadAllBytes(path) : throw new UsageException($"{argument.Flag}: {path} is empty, or it is no file.");
    }

    /// <summary>The same as text.</summary>
    public string Text(Argument argument) => System.Text.Encoding.UTF8.GetString(Content(argument)).TrimStart('\uFEFF');
}
