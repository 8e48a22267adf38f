using Slipway.Inference.Bakes;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;

namespace Slipway.Inference.Options;

/// <summary>
/// All options of a server: environment variables <c>SLIPWAY_&lt;Name&gt;</c>, or arguments <c>--&lt;Name&gt;=value</c>, which take precedence.
/// Nested names are joined by a colon, or by two underscores in the environment: <c>PredictionLog:SampleRate</c>.
/// </summary>
public sealed record InferenceOptions
{
    /// <summary>The store: a folder, or a bucket as <c>s3://&lt;bucket&gt;</c>.</summary>
    public string Store { get; init; } = "";

    /// <summary>This server's name in heartbeats, prediction ids and logs; by default the color and the end of the ECS task's id, or six random letters outside ECS.</summary>
    public string Replica { get; init; } = "";

    public string Color { get; init; } = "blue";

    /// <summary>Hash or image digest of this server's release.</summary>
    public string Release { get; init; } = "unknown";

    /// <summary>The namespace in CloudWatch of what is written to the console for it once a minute; null: nothing is.</summary>
    public string? CloudWatchNamespace { get; init; }

    /// <summary>The address to listen on. Port 0 takes a free port; heartbeats contain the actual one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The address in heartbeats, if it is not the one to listen on. A task on ECS that listens on all addresses determines its own.</summary>
    public string? Address { get; init; }

    /// <summary>The file with the key for the checksum in prediction ids; the same for every server and for Trace.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Instead of KeyFile, a secret of at least 32 characters whose SHA-256 is the key. Set it as an environment variable, because the list of processes shows arguments.</summary>
    public string? Key { get; init; }

    /// <summary>What to do with a version that no trusted key signed: <c>enforce</c> does not serve it, <c>warn</c> serves it with a warning, <c>off</c> does not verify signatures.</summary>
    public string Signatures { get; init; } = SignatureMode.Enforce.Word();

    /// <summary>Public keys in PEM format, or files with them, separated by commas. There are several while one key replaces another.</summary>
    public string? TrustedKeys { get; init; }

    /// <summary>Where archives are unpacked while a version is verified. They are deleted afterwards.</summary>
    public string CacheFolder { get; init; } = Path.Combine(Path.GetTempPath(), "slipway-inference");

    /// <summary>The model that <c>/invocations</c> uses if the request names none.</summary>
    public string? DefaultModel { get; init; }

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often to check for new models.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one small request to the store may take before the store counts as unreachable.</summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long downloading a version may take.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long verifying a version may take: loading, predicting the golden rows and warming up. A version that exceeds it is rejected.</summary>
    public TimeSpan ProveTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one run of a model may take. A longer run is stopped, and its request gets 504. It must be shorter than the gateway's timeout.</summary>
    public TimeSpan ComputeTimeout { get; init; } = BatchSizes.MaxRunTime;

    /// <summary>How long a request's body may take to arrive.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The delay before a quarantined version is retried; it doubles with every attempt.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum delay between two attempts. A version that was put back waits this long the first time, and up to twelve times as long.</summary>
    public TimeSpan RetryAtMost { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long the version before stays in memory after a swap, so that it can be put back at once if the new one does worse; 0 keeps none. Ten minutes by
    /// default if the store is a bucket.
    /// </summary>
    public TimeSpan BakeTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Which share of requests may fail during a bake because their runs take too long, although the version before predicts them at once.</summary>
    public double BakeMaxErrorRate { get; init; } = 0.01;

    /// <summary>How many times as long as the version before a new version may take for the same requests.</summary>
    public double MaxSlowdown { get; init; } = 3;

    /// <summary>Which share of recent requests a new version may predict differently, beyond what its gate measured on the holdout.</summary>
    public double MaxDisagreement { get; init; } = 0.2;

    /// <summary>How many recent requests of each model are kept in memory, at most 1 MiB, to run them through a new version before it serves; 0 keeps none.</summary>
    public int ReplayRequests { get; init; } = 256;

    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes that large bodies may use in memory together; further requests get 503. The first 64 KiB of each body do not count.</summary>
    public long MaxBodyBytesInFlight { get; init; } = 256 * 1024 * 1024;

    /// <summary>Maximum number of open connections; further connections are closed.</summary>
    public int MaxConnections { get; init; } = 2048;

    public int MaxRows { get; init; } = 16_384;

    /// <summary>How a CSV body begins if its content type does not specify it: with a header (<c>present</c>), or with values in the order of the model's columns (<c>absent</c>).</summary>
    public string CsvHeader { get; init; } = Invocations.CsvHeader.Present;

    /// <summary>Maximum number of bytes that a model's archive may unpack to.</summary>
    public long MaxModelBytes { get; init; } = ArtifactLimits.DefaultBytes;

    /// <summary>Maximum number of versions that are downloaded, and of versions that are verified, at the same time. Others wait in the order in which they came.</summary>
    public int MaxConcurrentLoads { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>
    /// Maximum number of models that are loaded at the same time, 0 for any number. With a limit, a model is loaded by its first request, and the one that has not been
    /// used for longest is unloaded.
    /// </summary>
    public int MaxResidentModels { get; init; }

    /// <summary>Maximum number of bytes that loaded models may take in memory together, estimated from their files; 0 for any number. With a limit, models are loaded by their first request.</summary>
    public long MaxModelMemory { get; init; }

    /// <summary>How long a request to a model that is not loaded waits for it; then it gets 503. It must be shorter than the gateway's timeout for a first attempt.</summary>
    public TimeSpan ColdStartTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a version is loaded only if the estimated memory is available in the container or machine.</summary>
    public bool CheckMemory { get; init; } = true;

    /// <summary>Bytes of memory that loading models leaves free for requests.</summary>
    public long MemoryReserve { get; init; } = 64 * 1024 * 1024;

    /// <summary>Maximum number of requests that compute at the same time.</summary>
    public int MaxConcurrency { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Maximum number of queued requests; further requests get 503.</summary>
    public int MaxQueue { get; init; } = 1024;

    /// <summary>How long a server accepts requests after a shutdown request, so that gateways stop sending requests before it rejects any.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// To try what happens to a bad release: a share of prediction requests is answered with 500, such as <c>errors:0.3</c>. Not for an environment that
    /// people depend on.
    /// </summary>
    public string? Fault { get; init; }

    /// <summary>
    /// Whether trees and linear models are compiled when they are loaded, instead of being evaluated by ONNX Runtime, if both predict the same.
    /// </summary>
    public bool CompileModels { get; init; } = true;

    public PredictionLogOptions PredictionLog { get; init; } = new();

    public MonitoringOptions Monitoring { get; init; } = new();

    /// <summary>Models are loaded by their first request instead of at startup.</summary>
    public bool LoadsLazily => MaxResidentModels > 0 || MaxModelMemory > 0;

    public BakeSettings Bake => new(BakeTime, new(BakeMaxErrorRate, MaxSlowdown, MaxDisagreement), new(RetryAtMost, RetryAtMost * 12), ReplayRequests);

    // the generated one would contain the key
    public override string ToString() => $"{nameof(InferenceOptions)} of {Replica}";

    public SignaturePolicy SignaturePolicy => new(
        SignatureModes.TryParse(Signatures, out var mode) ? mode : throw new SlipwayException($"'{Signatures}' is not a signature mode."),
        new(Registry.Signing.TrustedKeys.Read(TrustedKeys)));

    public Color ColorValue => Colors.TryParse(Color, out var color) ? color : throw new SlipwayException($"'{Color}' is not a color.");
}

public sealed record PredictionLogOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Fraction of predictions that are logged, 0 to 1.</summary>
    public double SampleRate { get; init; } = 1;

    /// <summary>How often what was logged is written to the store, as one object. A server that is killed loses the predictions of that time.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Maximum number of records that wait to be written to the store; newer records are dropped and counted.</summary>
    public int Capacity { get; init; } = 65_536;

    /// <summary>Maximum size in memory of the records that wait to be written to the store.</summary>
    public long MaxPendingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Maximum number of records in an object; it is written as soon as there are as many.</summary>
    public int MaxRecordsPerObject { get; init; } = 10_000;

    /// <summary>Days of the log that are kept, if the store is a folder; 0 keeps all. In a bucket, a lifecycle rule deletes them.</summary>
    public int RetentionDays { get; init; }
}

public sealed record MonitoringOptions
{
    /// <summary>Whether what models are asked and what they answer is counted, to compare it with their training data.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// The length of the windows of time that are compared, of which a day is a multiple; the same for all servers. Longer windows find smaller drift, shorter
    /// ones find it sooner. An hour by default if the store is a bucket.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often counts that have changed are written to the store. A minute by default if the store is a bucket.</summary>
    public TimeSpan PublishInterval { get; init; } = TimeSpan.FromSeconds(5);
}
