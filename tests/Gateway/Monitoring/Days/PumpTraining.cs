using System.Security.Cryptography;
using System.Text;
using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Automation.Local.Watching;
using Slipway.Automation.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Monitoring.Days;

/// <summary>What Watch does on a machine: datasets arrive in a folder, jobs run, versions pass their gates and are published.</summary>
internal sealed class PumpTraining : IWatchHost, IModelFolders
{
    public const string Model = "pumps";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private static readonly byte[] Spec = Encoding.UTF8.GetBytes(
        """
        {
          "description": "Pumps that are about to fail", "task": "binary", "label": "failed", "trainer": "linear",
          "features": { "pressure": "numeric", "age": "numeric" }, "delivery": "swap",
          "retrain": { "on": ["drift", "accuracy"] },
          "gates": { "metrics": { "accuracy": { "atLeast": 0.8 }, "averagePrecision": { "atLeast": 0.6 } } }
        }
        """);

    private readonly string _root;
    private readonly DirectoryObjectStore _store;
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _time;
    private readonly DatasetFolder _folder;
    private readonly ArrivalTracker _tracker;
    private readonly ArrivalHandler _handler;

    /// <param name="root">The folder of the store.</param>
    /// <param name="work">A folder for jobs.</param>
    public PumpTraining(string root, string work, Microsoft.Extensions.Time.Testing.FakeTimeProvider time)
    {
        (_root, _time, _store, _folder) = (root, time, new(root, time), new(root));
        _tracker = new(_folder, new(this, _folder.Prepare), Said.Add, time);
        _handler = new(_store, new LocalJobs(_store, root), this, Said.Add, time);
        Runner = new LocalTrainingRunner(_store, new TrainerInThisProcess(), work, time);
    }

    public static LocalKeySigner Key { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>What Watch would print.</summary>
    public List<WatchEvent> Said { get; } = [];

    public ITrainingRunner Runner { get; }

    public IManifestSigner Signer => Key;

    public ModelRollouts Rollouts => new(_store, new(_store, "main", _time), plan: null, _time);

    public IReadOnlyList<string> Names() => [Model];

    public byte[] ReadSpecJson(string model) => Spec;

    public string PathOf(string key) => Path.Combine(_root, key);

    public void Drop(string name, IEnumerable<PumpRow> rows)
    {
        var path = Path.Combine(_folder.Prepare(Model), name);
        File.WriteAllText(path, PumpRows.Csv(rows));
        File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
    }

    /// <summary>Lets it look and work for a while.</summary>
    public async Task WatchAsync(TimeSpan length)
    {
        for (var left = length; left >= TimeSpan.Zero; left -= Step)
        {
            _tracker.Scan();
            while (_tracker.Next() is { } batch)
                _tracker.Note(await _handler.HandleAsync(batch, default));
            foreach (var batch in _tracker.Looks())
                if (await _handler.Retraining.IsDueAsync(batch, default))
                    await _handler.Retraining.LookAsync(batch, default);
            _time.Advance(Step);
        }
    }

    public async Task<(int? Blue, int? Green)> LiveAsync()
    {
        var channels = new ModelChannels(_store, _time);
        return ((await channels.GetAsync(Model, Color.Blue, default))?.Value.Version, (await channels.GetAsync(Model, Color.Green, default))?.Value.Version);
    }

    public Task<IDisposable?> LockAsync(Action<string> waiting, CancellationToken cancellation) => Task.FromResult<IDisposable?>(new MemoryStream());

    public TrainingRequest Request(string model, string datasetKey) =>
        new(model, Spec, datasetKey, new(new string('c', 40), false), new("release-1", "X64", new Dictionary<string, string>()), "tester");

    public Task<ServingReport> WaitUntilServingAsync(string model, int version, CancellationToken cancellation) => Task.FromResult(new ServingReport(true, "is served"));
}
