using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Signing;

namespace Slipway.Inference.Options;

/// <summary>
/// Everything a server can be told: environment variables <c>SLIPWAY_&lt;Name&gt;</c> or <c>--&lt;Name&gt;=value</c>, which wins.
/// Nested names are joined by a colon, or by two underscores in the environment: <c>PredictionLog:SampleRate</c>.
/// </summary>
public sealed record InferenceOptions
{
    /// <summary>The store: a folder, or a bucket as <c>s3://&lt;bucket&gt;</c>.</summary>
    public string Store { get; init; } = "";

    /// <summary>This server's name in heartbeats, prediction ids and logs; by default the color and the end of its ECS task's id, or six random letters elsewhere.</summary>
    public string Replica { get; init; } = "";

    public string Color { get; init; } = "blue";

    /// <summary>Hash or image digest of what runs.</summary>
    public string Release { get; init; } = "unknown";

    /// <summary>Where to listen. Port 0 takes a free port; heartbeats name the real one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The address that heartbeats give to gateways, where it is not the one listened on. A task on ECS that listens on all addresses finds out its own.</summary>
    public string? Address { get; init; }

    /// <summary>The file whose bytes key the check in prediction ids; the same for every server and for whoever traces.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>In its place, a secret of at least 32 characters whose SHA-256 is the key. Belongs into the environment, where no list of processes shows it.</summary>
    public string? Key { get; init; }

    /// <summary>What to make of a version that no trusted key signed: <c>enforce</c> keeps it from answering, <c>warn</c> says so, <c>off</c> does not look.</summary>
    public string Signatures { get; init; } = SignatureMode.Enforce.Word();

    /// <summary>Whose signatures count: public keys as PEM, or files with such, separated by commas. Several, while one is replaced by another.</summary>
    public string? TrustedKeys { get; init; }

    /// <summary>Where archives are unpacked while a version is proven. Nothing in it outlives that.</summary>
    public string CacheFolder { get; init; } = Path.Combine(Path.GetTempPath(), "slipway-inference");

    /// <summary>The model that <c>/invocations</c> means when the request names none.</summary>
    public string? DefaultModel { get; init; }

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often to look for models that are new.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one small question to the store may take before it counts as away.</summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long fetching a version may take.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a version may take to prove itself: to load, to answer its golden rows and to warm up. Beyond it, it is rejected.</summary>
    public TimeSpan ProveTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one run of a model may take. Then it is ended, and its request answered 504: shorter than a gateway waits.</summary>
    public TimeSpan ComputeTimeout { get; init; } = BatchSizes.MaxRunTime;

    /// <summary>How long a request's body may take to arrive.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before a quarantined version is tried again; it doubles with every attempt.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two attempts.</summary>
    public TimeSpan RetryAtMost { get; init; } = TimeSpan.FromMinutes(5);

    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes that large bodies may take in memory together; the next one is answered 503. What each has below 64 KiB does not count.</summary>
    public long MaxBodyBytesInFlight { get; init; } = 256 * 1024 * 1024;

    /// <summary>Connections that may be open; the next is closed.</summary>
    public int MaxConnections { get; init; } = 2048;

    public int MaxRows { get; init; } = 16_384;

    /// <summary>What a CSV body begins with where its content type does not say: a header (<c>present</c>), or values in the order of the model's columns (<c>absent</c>).</summary>
    public string CsvHeader { get; init; } = Invocations.CsvHeader.Present;

    /// <summary>How much a model's archive may unpack to.</summary>
    public long MaxModelBytes { get; init; } = ArtifactLimits.DefaultBytes;

    /// <summary>Requests that may compute at the same time.</summary>
    public int MaxConcurrency { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Requests that may wait for their turn; the next is answered 503.</summary>
    public int MaxQueue { get; init; } = 1024;

    /// <summary>How long a server that was asked to stop goes on taking requests, so that gateways have moved away before it refuses any.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(2);

    public PredictionLogOptions PredictionLog { get; init; } = new();

    // the generated one would show the key
    public override string ToString() => $"{nameof(InferenceOptions)} of {Replica}";

    public SignaturePolicy SignaturePolicy => new(
        SignatureModes.TryParse(Signatures, out var mode) ? mode : throw new SlipwayException($"'{Signatures}' is no mode of signatures."),
        new(Registry.Signing.TrustedKeys.Read(TrustedKeys)));

    public Color ColorValue => Colors.TryParse(Color, out var color) ? color : throw new SlipwayException($"'{Color}' is no color.");
}

public sealed record PredictionLogOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Share of predictions that are logged, 0 to 1.</summary>
    public double SampleRate { get; init; } = 1;

    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Records that may wait for the store; the newest beyond it are dropped and counted.</summary>
    public int Capacity { get; init; } = 65_536;

    /// <summary>Bytes that may wait for the store, as they lie in memory.</summary>
    public long MaxPendingBytes { get; init; } = 64 * 1024 * 1024;

    public int MaxRecordsPerObject { get; init; } = 10_000;
}
