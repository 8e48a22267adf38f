using Slipway.Automation.Datasets;
using Slipway.Automation.Jobs;
using Slipway.Automation.Rollouts;
using Slipway.Automation.Traffic;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Environments.Rollouts;
using Slipway.Build.Environments.SmokeTests;
using Slipway.Build.Environments.Training;
using Slipway.Build.Images.Releases;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments;

/// <summary>A store, a gateway and two colors, as every target sees them: on this machine, or on AWS.</summary>
/// <param name="folders">The local folders of the environment.</param>
/// <param name="gateway">The gateway's name in the store.</param>
public abstract class SlipwayEnvironment(string name, LocalFolders folders, IObjectStore store, string gateway, TimeProvider time)
{
    public string Name { get; } = name;
    public TimeProvider Time { get; } = time;
    public LocalFolders Folders { get; } = folders;
    public IObjectStore Store { get; } = store;
    public DesiredTrafficStore Traffic { get; } = new(store, gateway, time);
    public Heartbeats Heartbeats { get; } = new(store, time);
    public ModelVersions Versions { get; } = new(store);
    public ModelChannels Channels { get; } = new(store, time);
    public ChannelCatalogs Catalogs { get; } = new(store);
    public ModelHistory History { get; } = new(store);
    public StoredReleases Releases { get; } = new(store, time);

    /// <summary>What things cost here; null if nobody says.</summary>
    public PriceTable? Prices { get; init; }

    /// <summary>The region of its prices.</summary>
    public virtual string PriceRegion => PriceTable.Local;

    /// <summary>The argument that selects this environment: empty if it is the default.</summary>
    public abstract string Argument { get; }

    /// <summary>The servers and gateways that run now; null if they have no size that could be priced.</summary>
    public virtual Task<ServingSize?> ServingSizeAsync(CancellationToken cancellation) => Task.FromResult<ServingSize?>(null);

    /// <summary>Runs work while no other command changes this environment.</summary>
    /// <param name="by">Who holds the lock, for commands that find it taken.</param>
    /// <exception cref="SlipwayException">Another command holds the lock, and the message says which; or one has taken it over meanwhile.</exception>
    public async Task<T> AloneAsync<T>(
        string target, string by, IProgressReport report, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await using var held = await LockAsync(target, by, report, cancellation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(held.Lost, cancellation);
        try
        {
            return await work(either.Token);
        }
        catch (Exception e) when (held.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new SlipwayException(
                $"{target} was stopped halfway: it could not keep '{Name}' locked, and another command may be changing it now. This machine was suspended, or the store did not respond for a while. "
                + $"See ./build.sh --target=Status{Argument}, and run this again when no other command is running.", e);
        }
    }

    /// <inheritdoc cref="AloneAsync{T}"/>
    public Task AloneAsync(string target, string by, IProgressReport report, Func<CancellationToken, Task> work, CancellationToken cancellation) =>
        AloneAsync(target, by, report, async token =>
        {
            await work(token);
            return true;
        }, cancellation);

    /// <summary>Keeps other commands from changing this environment until it is disposed.</summary>
    /// <param name="by">Who holds the lock, for commands that find it taken.</param>
    /// <exception cref="SlipwayException">Another command holds it; the message says which.</exception>
    protected abstract Task<IEnvironmentLock> LockAsync(string target, string by, IProgressReport report, CancellationToken cancellation);

    /// <summary>The location of a store key, for people.</summary>
    public abstract string PathOf(string key);

    /// <summary>The location of a training job's log, for people.</summary>
    public abstract string PlaceOfLog(string job);

    /// <summary>How to add data without a command, as an instruction within a sentence.</summary>
    public abstract string HowDataArrives(string model);

    /// <summary>The training jobs of a model, in the order in which they were started.</summary>
    public abstract Task<IReadOnlyList<DatasetJob>> JobsAsync(string model, CancellationToken cancellation);

    /// <summary>All training jobs, however old.</summary>
    public abstract DatasetJobs AllJobs { get; }

    /// <summary>What jobs of a model are trained with here, given the build output of this tree.</summary>
    public abstract Task<TrainerBuild> TrainerBuildAsync(ModelFolder model, TrainerBuild built, CancellationToken cancellation);

    /// <summary>Runs a training job to its outcome, or finds the outcome of an earlier job with the same inputs.</summary>
    public abstract Task<TrainingRun> TrainAsync(TrainingRequest request, TrainerBuild build, Action<string> output, CancellationToken cancellation);

    /// <summary>Makes a release known here, before anything is trained with it or traffic moves to it.</summary>
    public abstract Task<IDeployment> BeginDeploymentAsync(
        ReleaseSet release, TrainerBuild built, IReadOnlyList<ModelFolder> models, IProgressReport report, CancellationToken cancellation);

    /// <summary>Waits until the running servers serve a version.</summary>
    /// <exception cref="SlipwayException">One of them does not; the message holds its reason.</exception>
    public abstract Task WaitUntilServingAsync(string model, int version, IProgressReport report, CancellationToken cancellation);

    /// <summary>The version of each model that the channels of a color point to.</summary>
    public async Task<IReadOnlyDictionary<string, int>> DesiredVersionsAsync(Color color, CancellationToken cancellation)
    {
        var desired = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var model in await Versions.ModelsAsync(cancellation))
            if ((await Channels.GetAsync(model, color, cancellation))?.Value is { } channel)
                desired.Add(model, channel.Version);
        return desired;
    }

    /// <summary>The desired versions that servers do not serve, and the other versions of those models.</summary>
    public async Task<IReadOnlyList<ModelGap>> GapsAsync(
        IReadOnlyList<ReplicaHeartbeat> servers, IReadOnlyDictionary<string, int> desired, CancellationToken cancellation)
    {
        var gaps = new List<ModelGap>();
        foreach (var gap in GapPolicy.Gaps(servers, desired))
            gaps.Add(gap with { Others = await Versions.ListAsync(gap.Model, cancellation).Where(version => version != gap.Desired).ToListAsync(cancellation) });
        return gaps;
    }

    /// <summary>Refuses to move traffic to servers that serve less than the live ones.</summary>
    /// <exception cref="SlipwayException">They serve less.</exception>
    public void RequireNoLoss(Color target, IReadOnlyList<ModelGap> gaps, IReadOnlyList<ReplicaHeartbeat> live)
    {
        if (GapPolicy.Loss(gaps, live) is { } loss)
            throw new SlipwayException($"{target.Word()} cannot take traffic: {loss.What} {target.Other().Word()} serves it, so traffic stays there. {loss.Remedy(Argument)}");
    }

    /// <summary>Ensures that a color has the capacity for all traffic again.</summary>
    /// <returns>The release that it runs.</returns>
    /// <exception cref="SlipwayException">It does not; the message says why.</exception>
    public abstract Task<string> PrepareColorAsync(Color color, IProgressReport report, CancellationToken cancellation);

    /// <summary>Notes that a color has no traffic any more, so that it need not keep its capacity forever.</summary>
    public abstract Task ScaleInAsync(Color color, IProgressReport report, CancellationToken cancellation);

    /// <summary>Waits until the gateway has reached a revision of the desired traffic, which it does at once.</summary>
    /// <exception cref="SlipwayException">It has not in time; traffic stays where it is.</exception>
    public abstract Task WaitForTrafficAsync(int revision, CancellationToken cancellation);

    /// <summary>The plan of every rollout here, but for what is rolled out; null if traffic moves at once.</summary>
    public abstract RolloutPlan? RolloutPlan { get; }

    /// <summary>How versions of models are rolled out here.</summary>
    public ModelRollouts ModelRollouts => new(Store, Traffic, RolloutPlan, Time);

    /// <summary>Waits until a rollout has ended, and shows it as it goes.</summary>
    /// <exception cref="SlipwayException">The gateway has stopped reporting.</exception>
    public abstract Task<RolloutEnd> WaitForRolloutAsync(DesiredTraffic asked, IProgressStep step, CancellationToken cancellation);

    /// <summary>Waits until the last rollout of a model's version is complete, where something else than a command sees to that.</summary>
    public virtual Task WaitForCompletionAsync(RolloutCompletion completion, IProgressReport report, CancellationToken cancellation) => Task.CompletedTask;

    public abstract Task ShowStatusAsync(IProgressReport report, CancellationToken cancellation);

    /// <summary>How servers here verify a version's signature; null if no keys are available.</summary>
    public abstract SignaturePolicy Signatures { get; }

    /// <summary>Signs the manifests of this environment.</summary>
    /// <exception cref="SlipwayException">The key is not available.</exception>
    public abstract IManifestSigner Signer { get; }

    /// <summary>Signs channel moves by people; null if people have no key.</summary>
    /// <exception cref="SlipwayException">The key is not available.</exception>
    public virtual IManifestSigner? MoveSigner => null;

    /// <summary>The URL for callers, and their API key.</summary>
    /// <exception cref="SlipwayException">Nothing is running that they could call.</exception>
    public abstract Task<PublicGateway> PublicGatewayAsync(CancellationToken cancellation);

    /// <summary>The images that the services run.</summary>
    /// <exception cref="SlipwayException">Nothing is running, or not from images.</exception>
    public abstract Task<IReadOnlyList<LiveImage>> LiveImagesAsync(CancellationToken cancellation);

    /// <summary>The key of prediction ids.</summary>
    /// <exception cref="SlipwayException">It cannot be read; only few roles may.</exception>
    public abstract Task<byte[]> PredictionKeyAsync(CancellationToken cancellation);
}

/// <summary>A release that is being deployed.</summary>
public interface IDeployment
{
    /// <summary>What models are trained with from now on.</summary>
    TrainerBuild Trainer { get; }

    /// <summary>Starts the release on the idle color, checks it, and has it rolled out. Idempotent.</summary>
    /// <param name="retry">Rolls out a release again that was rolled back or halted.</param>
    /// <exception cref="Cli.RefusedException">It was rolled back or halted.</exception>
    Task<DeploymentResult> RunAsync(bool retry, CancellationToken cancellation);
}

/// <param name="Live">The color that has all traffic.</param>
/// <param name="Release">The release that it runs.</param>
/// <param name="Url">The URL for callers.</param>
/// <param name="ApiKeyVariable">The environment variable with the caller's key in the printed command; null if callers need no key.</param>
/// <param name="Where">Where to look for more.</param>
public sealed record DeploymentResult(
    Color Live, string Release, string Url, string? ApiKeyVariable, IReadOnlyList<KeyValuePair<string, string>> Where)
{
    /// <summary>The address of the operator's page, with the token that opens it; null if it is not known here.</summary>
    public string? Page { get; init; }

    /// <summary>Where the page cannot be opened at an address: what to print instead.</summary>
    public IReadOnlyList<string> HowToOpenPage { get; init; } = [];

    /// <summary>Models that did not load, and were not served before either; all others are served.</summary>
    public IReadOnlyList<ModelGap> Gaps { get; init; } = [];

    /// <summary>The failure to end with, now that the others are served; null if nothing is missing.</summary>
    public SlipwayException? Failure => Gaps.Count == 0
        ? null
        : new($"{string.Join(" and ", Gaps.Select(gap => $"'{gap.Model}'"))} {(Gaps.Count == 1 ? "is" : "are")} not served as the channels require; all other models are. The last lines say why, and how to fix it.");
}
