using System.Globalization;
using System.Security.Cryptography;
using Slipway.Hosting.Options;
using Slipway.Hosting.Telemetry.CloudWatch;
using Slipway.Inference.Hosting;
using Slipway.Inference.Invocations;
using Slipway.Inference.Requests;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;

namespace Slipway.Inference.Options;

/// <summary>Reads and validates all options before anything starts.</summary>
public static class InferenceOptionsReader
{
    // the configuration section of the console log
    private const string Logging = "Logging";

    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Hundredth = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxDuration = TimeSpan.FromHours(1);

    // where environments are that people depend on, whose traffic may be thin
    private static readonly TimeSpan BucketBakeTime = TimeSpan.FromMinutes(10);

    // where each write costs, and where traffic goes on by night
    private static readonly TimeSpan BucketWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan BucketPublishInterval = TimeSpan.FromMinutes(1);

    public static OptionNames Names { get; } = new("the inference server", typeof(InferenceOptions), Logging);

    /// <exception cref="InvalidOptionsException">At least one option is invalid.</exception>
    public static InferenceOptions Read(IConfiguration configuration, IReadOnlyList<string> arguments, EcsTask? task = null)
    {
        var read = new OptionsReader(Names, configuration);
        read.RefuseUnknown(arguments);
        // an empty variable counts as not set for these
        read.RefuseEmpty(except: [
            nameof(InferenceOptions.Store), nameof(InferenceOptions.Replica), nameof(InferenceOptions.Release), nameof(InferenceOptions.Address),
            nameof(InferenceOptions.KeyFile), nameof(InferenceOptions.Key), nameof(InferenceOptions.TrustedKeys)]);
        var options = Read(read, new(), task);
        foreach (var problem in new[] { KeyProblem(options), SignatureProblem(options), BodyProblem(options), RetentionProblem(options) }.OfType<string>())
            read.Refuse(problem);
        read.ThrowIfWrong();
        return options;
    }

    /// <summary>Whether this server's name or address must come from its ECS task.</summary>
    public static bool LeavesOpenWhoItIs(IConfiguration configuration)
    {
        var read = new OptionsReader(Names, configuration);
        var defaults = new InferenceOptions();
        return read.Given(nameof(defaults.Replica)) is null || (read.Given(nameof(defaults.Address)) is null && WildcardPort(read.Text(defaults.Url)) is not null);
    }

    private static InferenceOptions Read(OptionsReader read, InferenceOptions defaults, EcsTask? task)
    {
        var color = read.Text(defaults.Color, "blue or green", text => Colors.TryParse(text, out _));
        var store = read.Store(nameof(defaults.Store));
        var url = read.Text(defaults.Url, "an address such as http://127.0.0.1:8080", IsHttpAddress);
        return defaults with
        {
            Store = store,
            Replica = Replica(read, defaults, color, task),
            Color = color,
            Release = read.Text(defaults.Release),
            CloudWatchNamespace = read.Text(defaults.CloudWatchNamespace, CloudWatchTarget.NamespaceRule, CloudWatchTarget.IsNamespace),
            Url = url,
            Address = Address(read, defaults, url, task),
            KeyFile = read.Text(defaults.KeyFile),
            Key = read.Text(defaults.Key),
            Signatures = read.Text(defaults.Signatures, SignatureModes.Rule, text => SignatureModes.TryParse(text, out _)),
            TrustedKeys = read.Text(defaults.TrustedKeys),
            CacheFolder = read.Text(defaults.CacheFolder),
            DefaultModel = read.Text(defaults.DefaultModel, ModelName.Rule, ModelName.IsValid),
            PollInterval = read.Duration(defaults.PollInterval, Hundredth, MaxDuration),
            DiscoveryInterval = read.Duration(defaults.DiscoveryInterval, Hundredth, MaxDuration),
            HeartbeatInterval = read.Duration(defaults.HeartbeatInterval, Hundredth, MaxDuration),
            StoreTimeout = read.Duration(defaults.StoreTimeout, Hundredth, MaxDuration),
            LoadTimeout = read.Duration(defaults.LoadTimeout, Tenth, MaxDuration),
            ProveTimeout = read.Duration(defaults.ProveTimeout, Tenth, MaxDuration),
            ComputeTimeout = read.Duration(defaults.ComputeTimeout, Hundredth, MaxDuration),
            BodyTimeout = read.Duration(defaults.BodyTimeout, Tenth, MaxDuration),
            RetryAfter = read.Duration(defaults.RetryAfter, Hundredth, MaxDuration),
            RetryAtMost = read.Duration(defaults.RetryAtMost, Hundredth, MaxDuration),
            BakeTime = read.Duration(store.StartsWith("s3://", StringComparison.Ordinal) ? BucketBakeTime : defaults.BakeTime, TimeSpan.Zero, MaxDuration, nameof(defaults.BakeTime)),
            BakeMaxErrorRate = read.Share(defaults.BakeMaxErrorRate),
            MaxSlowdown = read.Parse(defaults.MaxSlowdown, "a number from 1.5 to 1000", TrySlowdown),
            MaxDisagreement = read.Share(defaults.MaxDisagreement),
            ReplayRequests = read.Number(defaults.ReplayRequests, 0, 1 << 16),
            MaxBodyBytes = read.Number(defaults.MaxBodyBytes, 1, 1 << 30),
            MaxBodyBytesInFlight = read.Number(defaults.MaxBodyBytesInFlight, 1, 1L << 40),
            MaxConnections = read.Number(defaults.MaxConnections, 1, 1 << 20),
            MaxRows = read.Number(defaults.MaxRows, 1, 1 << 24),
            CsvHeader = read.Text(defaults.CsvHeader, $"{CsvHeader.Present} or {CsvHeader.Absent}", CsvHeader.IsWord),
            MaxModelBytes = read.Number(defaults.MaxModelBytes, 1, ArtifactLimits.MaxBytes),
            MaxConcurrentLoads = read.Number(defaults.MaxConcurrentLoads, 1, 1024),
            MaxResidentModels = read.Number(defaults.MaxResidentModels, 0, 1 << 20),
            MaxModelMemory = read.Number(defaults.MaxModelMemory, 0, 1L << 44),
            ColdStartTimeout = read.Duration(defaults.ColdStartTimeout, Hundredth, MaxDuration),
            CheckMemory = read.Flag(defaults.CheckMemory),
            MemoryReserve = read.Number(defaults.MemoryReserve, 0, 1L << 44),
            MaxConcurrency = read.Number(defaults.MaxConcurrency, 1, 1024),
            MaxQueue = read.Number(defaults.MaxQueue, 1, 1 << 20),
            DrainDelay = read.Duration(defaults.DrainDelay, TimeSpan.Zero, MaxDuration),
            Fault = read.Text(defaults.Fault, FaultInjection.Rule, text => FaultInjection.TryParse(text, out _)),
            CompileModels = read.Flag(defaults.CompileModels),
            PredictionLog = new()
            {
                Enabled = read.Flag(defaults.PredictionLog.Enabled),
                SampleRate = read.Share(defaults.PredictionLog.SampleRate),
                FlushInterval = read.Duration(defaults.PredictionLog.FlushInterval, Hundredth, MaxDuration),
                Capacity = read.Number(defaults.PredictionLog.Capacity, 1, 1 << 24),
                MaxPendingBytes = read.Number(defaults.PredictionLog.MaxPendingBytes, 1, 1L << 34),
                MaxRecordsPerObject = read.Number(defaults.PredictionLog.MaxRecordsPerObject, 1, 1 << 24),
                RetentionDays = read.Number(defaults.PredictionLog.RetentionDays, 0, 36_500),
            },
            Monitoring = Monitoring(read, defaults, store),
        };
    }

    private static MonitoringOptions Monitoring(OptionsReader read, InferenceOptions defaults, string store)
    {
        var isBucket = store.StartsWith("s3://", StringComparison.Ordinal);
        var window = read.Duration(isBucket ? BucketWindow : defaults.Monitoring.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), "defaults.Monitoring.Window");
        if (TimeSpan.TicksPerDay % window.Ticks != 0)
            read.Refuse($"Monitoring:Window is {window:c}; expected a duration that divides a day, such as 00:05:00 or 01:00:00 ({OptionNames.Ways("Monitoring:Window")})");
        return new()
        {
            Enabled = read.Flag(defaults.Monitoring.Enabled),
            Window = window,
            PublishInterval = read.Duration(isBucket ? BucketPublishInterval : defaults.Monitoring.PublishInterval, Tenth, MaxDuration, "defaults.Monitoring.PublishInterval"),
        };
    }

    private static string Replica(OptionsReader read, InferenceOptions defaults, string color, EcsTask? task)
    {
        var given = read.Text(defaults.Replica, PredictionIds.ReplicaRule, text => PredictionIds.IsReplica(text));
        return given.Length > 0 ? given : task?.Replica(color) ?? $"{color}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 6)}";
    }

    private static string? Address(OptionsReader read, InferenceOptions defaults, string url, EcsTask? task) =>
        read.Text(defaults.Address, "an address such as http://10.0.0.7:8080", IsHttpAddress)
        ?? (task is not null && WildcardPort(url) is { } port ? $"http://{task.Address}:{port}" : null);

    private static string? BodyProblem(InferenceOptions options) => options.MaxBodyBytesInFlight < options.MaxBodyBytes
        ? $"MaxBodyBytesInFlight is {options.MaxBodyBytesInFlight}: it must be at least MaxBodyBytes, {options.MaxBodyBytes}, or the largest body would never be accepted."
        : null;

    private static string? RetentionProblem(InferenceOptions options) => options.PredictionLog.RetentionDays > 0 && options.Store.StartsWith("s3://", StringComparison.Ordinal)
        ? "PredictionLog:RetentionDays is only for a store that is a folder: in a bucket, a lifecycle rule deletes old predictions; Terraform sets it with prediction_days."
        : null;

    // reveals nothing of the secret but its length
    private static string? KeyProblem(InferenceOptions options) => (options.KeyFile.Length > 0, options.Key) switch
    {
        (false, null) => "KeyFile is not set: set --KeyFile=<file> or SLIPWAY_KeyFile to the file with the key for prediction ids, or SLIPWAY_Key to a secret.",
        (true, not null) => "KeyFile and Key are both set: set only one of them.",
        (false, { Length: < PredictionKey.MinSecretLength } secret) =>
            $"Key has {secret.Length} characters: it must have at least {PredictionKey.MinSecretLength}; 'openssl rand -hex 32' generates one.",
        _ => null,
    };

    private static string? SignatureProblem(InferenceOptions options)
    {
        if (!SignatureModes.TryParse(options.Signatures, out var mode) || mode == SignatureMode.Off)
            return null;
        try
        {
            var keys = TrustedKeys.Read(options.TrustedKeys);
            return mode == SignatureMode.Enforce && keys.Count == 0
                ? $"TrustedKeys is not set, so no signature could be verified: set --TrustedKeys or SLIPWAY_TrustedKeys to {TrustedKeys.Rule}, or set --Signatures=warn to serve versions without a valid signature."
                : null;
        }
        catch (SlipwayException e)
        {
            return $"TrustedKeys: {e.Message}";
        }
    }

    private static bool TrySlowdown(string text, out double times) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out times) && times is >= 1.5 and <= 1000;

    private static bool IsHttpAddress(string text) => TryParse(text) is { PathAndQuery: "/" } uri && uri.Scheme == Uri.UriSchemeHttp;

    private static int? WildcardPort(string url) => TryParse(url) is { Host: "0.0.0.0" or "[::]", Port: > 0 and var port } ? port : null;

    private static Uri? TryParse(string text) =>
        Uri.TryCreate(
            text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            ? uri
            : null;
}
