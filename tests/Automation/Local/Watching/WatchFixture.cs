using System.Text;
using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Automation.Local.Watching;
using Slipway.Automation.Rollouts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Tests.Local.Watching;

/// <summary>A watcher on a separate store, with a clock that the test advances, and a trainer that the test scripts.</summary>
internal sealed class WatchFixture : IWatchHost, IModelFolders, ITrainingRunner, IDisposable
{
    public const string Pumps = TrainingFixture.Model;
    public const string Valves = "valves";
    public const string Rows = "pressure,failed\n1,0\n2,1\n3,0\n";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly TrainingFixture _training = new();
    private readonly List<WatchEvent> _events = [];
    private byte _fill;
    private ArrivalTracker _tracker;

    public WatchFixture()
    {
        Folder = new(_training.StoreRoot);
        _tracker = NewTracker();
    }

    public DatasetFolder Folder { get; }
    public TrainingFixture Training => _training;
    public List<string> Models { get; } = [Pumps];
    public Dictionary<string, string> BadSpecs { get; } = [];

    /// <summary>Released by every look of the watcher.</summary>
    public SemaphoreSlim Looked { get; } = new(0);

    /// <summary>The jobs that the trainer ran, in order.</summary>
    public List<string> Runs { get; } = [];

    /// <summary>What the trainer does with a job: it returns why it failed, or leaves an artifact.</summary>
    public Func<Lineage, CancellationToken, Task<string?>>? Trainer { get; set; }

    public ServingReport Serving { get; set; } = new(true, "is served on blue and green");

    /// <summary>Called when the watcher requests the environment; null grants it.</summary>
    public Func<Action<string>, CancellationToken, Task<IDisposable?>>? Environment { get; set; }

    public IReadOnlyList<WatchEvent> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    public IEnumerable<string> Said(WatchEventKind kind, string? model = Pumps) =>
        Events.Where(happened => happened.Kind == kind && happened.Model == model).Select(happened => happened.Text);

    public string Path(string name, string model = Pumps) => System.IO.Path.Combine(Folder.Prepare(model), name);

    /// <summary>Puts a dataset where it arrives.</summary>
    /// <param name="age">By its file time.</param>
    public void Drop(string name, string content = Rows, string model = Pumps, TimeSpan age = default)
    {
        File.WriteAllText(Path(name, model), content);
        File.SetLastWriteTimeUtc(Path(name, model), (_training.Time.GetUtcNow() - age).UtcDateTime);
    }

    /// <summary>Lets the watcher look and work for a while.</summary>
    public async Task Watch(double seconds)
    {
        await Turn();
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Step)
        {
            _training.Time.Advance(Step);
            await Turn();
        }
    }

    /// <summary>Another watcher on the same store, without the state of the previous one.</summary>
    public void Restart()
    {
        lock (_events)
            _events.Clear();
        Runs.Clear();
        _training.Time.Advance(TimeSpan.FromSeconds(1));
        _tracker = NewTracker();
    }

    public DatasetWatcher NewWatcher() => new(_tracker, Handler, this, Report, _training.Time);

    /// <summary>A model that its gates let pass, another one each time.</summary>
    public Task Pass(Lineage lineage) => _training.TrainerLeaves(new ClaimedJob(lineage, null, true), fill: ++_fill);

    public Task Disappoint(Lineage lineage) => _training.TrainerLeaves(new ClaimedJob(lineage, null, true), averagePrecision: 0.1);

    public void Dispose()
    {
        Looked.Dispose();
        _training.Dispose();
    }

    private ArrivalHandler Handler => new(_training.Store, new LocalJobs(_training.Store, _training.StoreRoot), this, Report, _training.Time);

    private ArrivalTracker NewTracker() => new(Folder, new(this, Folder.Prepare), Report, _training.Time);

    private async Task Turn()
    {
        _tracker.Scan();
        while (_tracker.Next() is { } batch)
            _tracker.Note(await Handler.HandleAsync(batch, default));
        foreach (var batch in _tracker.Looks())
            if (await Handler.Retraining.IsDueAsync(batch, default))
                await Handler.Retraining.LookAsync(batch, default);
    }

    private void Report(WatchEvent happened)
    {
        lock (_events)
            _events.Add(happened);
    }

    Task<IDisposable?> IWatchHost.LockAsync(Action<string> waiting, CancellationToken cancellation) =>
        Environment?.Invoke(waiting, cancellation) ?? Task.FromResult<IDisposable?>(new MemoryStream());

    TrainingRequest IWatchHost.Request(string model, string datasetKey) =>
        _training.Request(model, datasetKey) with { SpecJson = ((IModelFolders)this).ReadSpecJson(model)! };

    ITrainingRunner IWatchHost.Runner => this;

    IManifestSigner IWatchHost.Signer => TrainingFixture.Signer;

    ModelRollouts IWatchHost.Rollouts => new(_training.Store, new(_training.Store, "main", _training.Time), plan: null, _training.Time);

    string IWatchHost.PathOf(string key) => System.IO.Path.Combine(_training.StoreRoot, key);

    Task<ServingReport> IWatchHost.WaitUntilServingAsync(string model, int version, CancellationToken cancellation) => Task.FromResult(Serving);

    IReadOnlyList<string> IModelFolders.Names()
    {
        Looked.Release();
        return [.. Models];
    }

    byte[] IModelFolders.ReadSpecJson(string model) =>
        BadSpecs.TryGetValue(model, out var bad) ? Encoding.UTF8.GetBytes(bad) : _training.SpecJson;

    async Task<TrainingEnd> ITrainingRunner.RunAsync(ClaimedJob job, Action<string> output, CancellationToken cancellation)
    {
        Runs.Add(job.Id);
        if (Trainer is not null)
            return TrainingEnd.Of(await Trainer(job.Lineage, cancellation));
        await Pass(job.Lineage);
        return TrainingEnd.Completed;
    }
}
