using System.Reflection;
using System.Security.Cryptography;
using Slipway.Inference.Hosting;
using Slipway.Inference.Invocations;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Options;

/// <summary>Reads and checks the options as a whole, before anything starts.</summary>
public static class InferenceOptionsReader
{
    public const string EnvironmentPrefix = "SLIPWAY_";

    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <exception cref="SlipwayException">The message says in one line what is wrong with which option.</exception>
    public static InferenceOptions Read(IConfiguration configuration, IReadOnlyList<string> arguments, EcsTask? task = null)
    {
        RejectUnknown(arguments);
        var options = Bind(configuration);
        if (options.Replica.Length == 0)
            options = options with { Replica = task?.Replica(options.Color) ?? $"{options.Color}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 6)}" };
        if (task is not null && options.Address is null && WildcardPort(options.Url) is { } port)
            options = options with { Address = $"http://{task.Address}:{port}" };

        return Problems(options).FirstOrDefault() is { } problem ? throw new SlipwayException(problem) : options;
    }

    /// <summary>Whether a task on ECS would have to say what this server is called or where it is reached.</summary>
    public static bool LeavesOpenWhoItIs(IConfiguration configuration)
    {
        var options = Bind(configuration);
        return options.Replica.Length == 0 || (options.Address is null && WildcardPort(options.Url) is not null);
    }

    private static InferenceOptions Bind(IConfiguration configuration)
    {
        try
        {
            var options = configuration.Get<InferenceOptions>() ?? new();
            return options with
            {
                Key = options.Key is { Length: 0 } ? null : options.Key, // a variable that is there and empty sets nothing
                Address = options.Address is { Length: 0 } ? null : options.Address,
            };
        }
        catch (InvalidOperationException e)
        {
            // the binder names the value and the path, and wraps the reason
            throw new SlipwayException($"{e.Message} Durations look like 00:00:02, numbers like 1024.", e);
        }
    }

    private static void RejectUnknown(IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments)
        {
            var name = argument.TrimStart('-').Split('=')[0];
            if (!argument.StartsWith("--", StringComparison.Ordinal) || !argument.Contains('='))
                throw new SlipwayException($"'{argument}' is not an option: write --<Name>=<value>, such as --Store=/srv/store.");
            if (!Names.Contains(name) && !name.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase))
                throw new SlipwayException($"--{name} is not an option of the inference server. Options: {string.Join(", ", Names.Order(StringComparer.Ordinal))}.");
        }
    }

    private static HashSet<string> Names { get; } = new(
        [.. NamesOf(typeof(InferenceOptions), ""), .. NamesOf(typeof(PredictionLogOptions), $"{nameof(InferenceOptions.PredictionLog)}:")],
        StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> NamesOf(Type type, string prefix) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.PropertyType != typeof(PredictionLogOptions))
            .Select(property => prefix + property.Name);

    private static IEnumerable<string> Problems(InferenceOptions options)
    {
        if (options.Store.Length == 0)
            yield return "Store is not set: give a folder or a bucket as --Store=<folder> or --Store=s3://<bucket>, or as SLIPWAY_Store.";
        else if (ObjectStores.Problem(options.Store) is { } store)
            yield return $"Store {store}";
        if (!Colors.TryParse(options.Color, out _))
            yield return $"Color is '{options.Color}': it is blue or green.";
        if (!PredictionIds.IsReplica(options.Replica))
            yield return $"Replica is '{options.Replica}': use {PredictionIds.ReplicaRule}.";
        if (!IsHttpAddress(options.Url))
            yield return $"Url is '{options.Url}': it looks like http://127.0.0.1:8080.";
        if (options.Address is { } address && !IsHttpAddress(address))
            yield return $"Address is '{address}': it looks like http://10.0.0.7:8080.";
        if (options.DefaultModel is { } model && !ModelName.IsValid(model))
            yield return $"DefaultModel is '{model}': a model name is {ModelName.Rule}.";
        if (!CsvHeader.IsWord(options.CsvHeader))
            yield return $"CsvHeader is '{options.CsvHeader}': it is {CsvHeader.Present} or {CsvHeader.Absent}.";
        if (KeyProblem(options) is { } key)
            yield return key;
        if (SignatureProblem(options) is { } signatures)
            yield return signatures;
        foreach (var problem in IntervalProblems(options).Concat(LimitProblems(options)))
            yield return problem;
    }

    // says nothing of the secret but how long it is
    private static string? KeyProblem(InferenceOptions options) => (options.KeyFile.Length > 0, options.Key) switch
    {
        (false, null) => "KeyFile is not set: give the file that keys prediction ids as --KeyFile=<file> or SLIPWAY_KeyFile, or a secret in its place as SLIPWAY_Key.",
        (true, not null) => "KeyFile and Key are both set: one of them keys prediction ids.",
        (false, { Length: < PredictionKey.SecretLengthAtLeast } secret) =>
            $"Key has {secret.Length} characters: a secret has at least {PredictionKey.SecretLengthAtLeast}, such as from 'openssl rand -hex 32'.",
        _ => null,
    };

    private static string? SignatureProblem(InferenceOptions options)
    {
        if (!SignatureModes.TryParse(options.Signatures, out var mode))
            return $"Signatures is '{options.Signatures}': it is {SignatureModes.Rule}.";
        if (mode == SignatureMode.Off)
            return null;
        try
        {
            var keys = TrustedKeys.Read(options.TrustedKeys);
            return mode == SignatureMode.Enforce && keys.Count == 0
                ? $"TrustedKeys is not set, so no version could be proven to be signed: give {TrustedKeys.Rule} as --TrustedKeys or SLIPWAY_TrustedKeys; or say --Signatures=warn to serve without."
                : null;
        }
        catch (SlipwayException e)
        {
            return $"TrustedKeys: {e.Message}";
        }
    }

    // a bare number means days to TimeSpan: the upper bound catches it
    private static IEnumerable<string> IntervalProblems(InferenceOptions options) =>
        new (string Name, TimeSpan Value, TimeSpan Least)[]
        {
            (nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(10)),
            (nameof(options.DiscoveryInterval), options.DiscoveryInterval, TimeSpan.FromMilliseconds(10)),
            (nameof(options.HeartbeatInterval), options.HeartbeatInterval, TimeSpan.FromMilliseconds(10)),
            (nameof(options.StoreTimeout), options.StoreTimeout, TimeSpan.FromMilliseconds(10)),
            (nameof(options.LoadTimeout), options.LoadTimeout, TimeSpan.FromMilliseconds(100)),
            (nameof(options.ProveTimeout), options.ProveTimeout, TimeSpan.FromMilliseconds(100)),
            (nameof(options.ComputeTimeout), options.ComputeTimeout, TimeSpan.FromMilliseconds(10)),
            (nameof(options.BodyTimeout), options.BodyTimeout, TimeSpan.FromMilliseconds(100)),
            (nameof(options.RetryAfter), options.RetryAfter, TimeSpan.FromMilliseconds(10)),
            (nameof(options.RetryAtMost), options.RetryAtMost, TimeSpan.FromMilliseconds(10)),
            (nameof(options.DrainDelay), options.DrainDelay, TimeSpan.Zero),
            ("PredictionLog:FlushInterval", options.PredictionLog.FlushInterval, TimeSpan.FromMilliseconds(10)),
        }
        .Where(interval => interval.Value < interval.Least || interval.Value > LongestInterval)
        .Select(interval => $"{interval.Name} is {interval.Value:c}: it lies between {interval.Least:c} and {LongestInterval:c} (hours:minutes:seconds, such as 00:00:02).");

    private static IEnumerable<string> LimitProblems(InferenceOptions options)
    {
        var log = options.PredictionLog;
        foreach (var (name, value, most) in new (string, long, long)[]
        {
            (nameof(options.MaxBodyBytes), options.MaxBodyBytes, 1 << 30),
            (nameof(options.MaxBodyBytesInFlight), options.MaxBodyBytesInFlight, 1L << 40),
            (nameof(options.MaxConnections), options.MaxConnections, 1 << 20),
            (nameof(options.MaxRows), options.MaxRows, 1 << 24),
            (nameof(options.MaxModelBytes), options.MaxModelBytes, ArtifactLimits.MostBytes),
            (nameof(options.MaxConcurrency), options.MaxConcurrency, 1024),
            (nameof(options.MaxQueue), options.MaxQueue, 1 << 20),
            ("PredictionLog:Capacity", log.Capacity, 1 << 24),
            ("PredictionLog:MaxPendingBytes", log.MaxPendingBytes, 1L << 34),
            ("PredictionLog:MaxRecordsPerObject", log.MaxRecordsPerObject, 1 << 24),
        })
            if (value < 1 || value > most)
                yield return $"{name} is {value}: it lies between 1 and {most}.";

        if (options.MaxBodyBytesInFlight < options.MaxBodyBytes)
            yield return $"MaxBodyBytesInFlight is {options.MaxBodyBytesInFlight}: it is at least MaxBodyBytes, {options.MaxBodyBytes}, or the largest body would never have room.";
        if (log.SampleRate is not (>= 0 and <= 1))
            yield return $"PredictionLog:SampleRate is {log.SampleRate}: it is a share between 0 and 1.";
    }

    private static bool IsHttpAddress(string text) => TryParse(text) is { PathAndQuery: "/" } uri && uri.Scheme == Uri.UriSchemeHttp;

    private static int? WildcardPort(string url) => TryParse(url) is { Host: "0.0.0.0" or "[::]", Port: > 0 and var port } ? port : null;

    private static Uri? TryParse(string text) =>
        Uri.TryCreate(
            text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            ? uri
            : null;
}
