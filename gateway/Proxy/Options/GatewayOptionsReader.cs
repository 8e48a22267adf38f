using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;
using Slipway.Gateway.Notifications;
using Slipway.Gateway.Page.SignIn;
using Slipway.Hosting.Options;
using Slipway.Hosting.Telemetry.CloudWatch;

namespace Slipway.Gateway.Options;

/// <summary>Reads and validates all options of a gateway before anything starts.</summary>
public static partial class GatewayOptionsReader
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    // where every look costs
    private static readonly TimeSpan BucketMonitoringInterval = TimeSpan.FromSeconds(30);

    /// <exception cref="InvalidOptionsException">At least one option is invalid.</exception>
    public static GatewayOptions Read(string[] arguments)
    {
        var read = new OptionsReader(Names, OptionsReader.AddSources(new ConfigurationBuilder(), Names, arguments).Build());
        read.RefuseUnknown(arguments);
        foreach (var error in Environment.GetEnvironmentVariables().Keys.Cast<string>().Select(Misspelling).OfType<string>())
            read.Refuse(error);
        read.RefuseEmpty(except: nameof(GatewayOptions.Store));
        var options = Read(read, new() { Store = "" });
        read.ThrowIfWrong();
        return options;
    }

    /// <summary>An error with the option that an unknown variable was probably meant to set; null if the variable is an option or belongs to another program.</summary>
    public static string? Misspelling(string variable) => Names.Misspelling(variable, OtherPrograms);

    private static OptionNames Names { get; } = new("the gateway", typeof(GatewayOptions));

    private static GatewayOptions Read(OptionsReader read, GatewayOptions defaults)
    {
        var store = read.Store(nameof(defaults.Store));
        var url = Address(read, defaults.Url, nameof(defaults.Url));
        var notificationSecret = Secret(read);
        var allowAnonymous = read.Flag(defaults.AllowAnonymous);
        return defaults with
        {
            Gateway = read.Text(defaults.Gateway, "lower-case letters, digits and hyphens, at most 63", NamePattern().IsMatch),
            Store = store,
            Release = read.Text(defaults.Release),
            CloudWatchNamespace = read.Text(defaults.CloudWatchNamespace, CloudWatchTarget.NamespaceRule, CloudWatchTarget.IsNamespace),
            Url = url,
            PrivateUrl = PrivateAddress(read, url, defaults.PrivateUrl),
            AllowedAddresses = Networks(read, defaults.AllowedAddresses, nameof(defaults.AllowedAddresses)),
            ApiKeys = Keys(read, url, allowAnonymous),
            AllowAnonymous = allowAnonymous,
            AllowedHosts = Words(read.Given(nameof(defaults.AllowedHosts)) ?? ""),
            TrustedProxies = Networks(read, defaults.TrustedProxies, nameof(defaults.TrustedProxies)),
            AllowForcedColor = read.Flag(defaults.AllowForcedColor),
            StickyCookie = read.Text(defaults.StickyCookie),
            StickyHeader = read.Text(defaults.StickyHeader),
            RateLimit = read.Number(defaults.RateLimit, 0, 1_000_000),
            MaxBodyBytes = read.Number(defaults.MaxBodyBytes, 1, int.MaxValue),
            MaxBufferedBytes = read.Number(defaults.MaxBufferedBytes, 1 << 20, int.MaxValue),
            MaxConnections = read.Number(defaults.MaxConnections, 1, 1_000_000),
            MaxConcurrentRequests = read.Number(defaults.MaxConcurrentRequests, 1, 1_000_000),
            RetryBufferBytes = read.Number(defaults.RetryBufferBytes, 0, 64 << 20),
            RetryPercent = read.Number(defaults.RetryPercent, 0, 100),
            RetryBurst = read.Number(defaults.RetryBurst, 0, 100_000),
            RequestTimeout = read.Duration(defaults.RequestTimeout, Tick),
            FirstTryTimeout = read.Duration(defaults.FirstTryTimeout, Tick),
            PollInterval = read.Duration(defaults.PollInterval, Tick),
            RolloutInterval = read.Duration(defaults.RolloutInterval, Tick),
            MonitoringInterval = read.Duration(
                store.StartsWith("s3://", StringComparison.Ordinal) ? BucketMonitoringInterval : defaults.MonitoringInterval, Tick, name: nameof(defaults.MonitoringInterval)),
            ReplicaTimeout = read.Duration(defaults.ReplicaTimeout, Tick),
            ProbeInterval = read.Duration(defaults.ProbeInterval, Tick),
            ProbeTimeout = read.Duration(defaults.ProbeTimeout, Tick),
            EjectionTime = read.Duration(defaults.EjectionTime, Tick),
            LeaseTimeout = read.Duration(defaults.LeaseTimeout, Tick),
            DrainDelay = read.Duration(defaults.DrainDelay, TimeSpan.Zero),
            Notifications = Targets(read, notificationSecret),
            NotificationSecret = notificationSecret,
            PageToken = Token(read),
            TakeOver = read.Flag(defaults.TakeOver),
        };
    }

    // http only: the load balancer terminates TLS
    private static Uri Address(OptionsReader read, Uri fallback, string name) => read.Parse(
        fallback, "an address such as http://127.0.0.1:8080 or http://0.0.0.0:8080",
        (string text, [MaybeNullWhen(false)] out Uri url) => Uri.TryCreate(text, UriKind.Absolute, out url) && url is { Scheme: "http", PathAndQuery: "/" }
            && (url.Host == "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _)), name);

    private static Uri PrivateAddress(OptionsReader read, Uri url, Uri fallback)
    {
        const string name = nameof(GatewayOptions.PrivateUrl);
        var privateUrl = Address(read, fallback, name);
        if (privateUrl.Port == url.Port && url.Port != 0)
            read.Refuse($"{name} is {privateUrl.OriginalString}; expected a port other than that of Url ({url.Port}) ({OptionNames.Ways(name)})");
        return privateUrl;
    }

    private static IReadOnlyList<IPNetwork> Networks(OptionsReader read, IReadOnlyList<IPNetwork> fallback, string name) => read.Parse(
        fallback, "ranges such as 10.0.0.0/16, separated by commas",
        (string text, [MaybeNullWhen(false)] out IReadOnlyList<IPNetwork> networks) =>
        {
            var found = new List<IPNetwork>();
            networks = found;
            foreach (var word in Words(text))
            {
                if (!IPNetwork.TryParse(word, out var network))
                    return false;
                found.Add(network);
            }
            return true;
        }, name);

    private static List<ApiKey> Keys(OptionsReader read, Uri url, bool allowAnonymous)
    {
        const string name = nameof(GatewayOptions.ApiKeys);
        var keys = new List<ApiKey>();
        var text = read.Given(name);
        if (text is not null && Words(text).Length == 0)
            read.Refuse($"{name} contains no key; set at least one or remove it ({OptionNames.Ways(name)})");
        if (text is null && !url.IsLoopback && !allowAnonymous)
            read.Refuse($"{name} is missing, and {url.Host} can be reached from other machines: set keys for callers ({OptionNames.Variable(name)}), or set {OptionNames.Variable(nameof(GatewayOptions.AllowAnonymous))}=true");
        foreach (var word in Words(text ?? ""))
        {
            var at = word.IndexOf(':');
            // the value is not echoed: somebody may have put the key itself here
            if (at < 1 || word.Length - at - 1 != 64 || !word.Skip(at + 1).All(char.IsAsciiHexDigit))
                read.Refuse($"{name} is malformed; expected name:sha256-in-hex pairs separated by commas, as in ci:$(printf %s \"$KEY\" | sha256sum | cut -c1-64)");
            else
                keys.Add(new(word[..at], Convert.FromHexString(word[(at + 1)..])));
        }
        return keys;
    }

    private static List<NotificationTarget> Targets(OptionsReader read, NotificationSecret? secret)
    {
        const string name = nameof(GatewayOptions.Notifications);
        var targets = new List<NotificationTarget>();
        foreach (var word in Words(read.Given(name) ?? ""))
        {
            var target = NotificationTargetReader.Read(word, Environment.GetEnvironmentVariable, out var problem);
            if (problem is not null)
                read.Refuse($"{name} {problem} ({OptionNames.Ways(name)})");
            else if (targets.Exists(other => other.Name == target!.Name))
                read.Refuse($"{name} contains {target!.Name} twice; remove one of them ({OptionNames.Ways(name)})");
            else
                targets.Add(target!);
        }
        if (targets.Count > NotificationTargetReader.MaxTargets)
            read.Refuse($"{name} contains {targets.Count} targets; expected at most {NotificationTargetReader.MaxTargets} ({OptionNames.Ways(name)})");
        if (secret is null && read.Given(nameof(GatewayOptions.NotificationSecret)) is null && targets.Exists(target => target.Kind == NotificationKind.Webhook))
            read.Refuse($"{nameof(GatewayOptions.NotificationSecret)} is missing, and {name} contains a webhook, which has to know who sends: give {NotificationSecret.Expected} ({OptionNames.Variable(nameof(GatewayOptions.NotificationSecret))})");
        return targets;
    }

    // never echoed
    private static NotificationSecret? Secret(OptionsReader read)
    {
        const string name = nameof(GatewayOptions.NotificationSecret);
        if (read.Given(name) is not { } text)
            return null;
        var secret = NotificationSecret.Parse(text);
        if (secret is null)
            read.Refuse($"{name} is not understood; expected {NotificationSecret.Expected} ({OptionNames.Variable(name)})");
        return secret;
    }

    // never echoed
    private static PageToken? Token(OptionsReader read)
    {
        const string name = nameof(GatewayOptions.PageToken);
        if (read.Given(name) is not { } text)
            return null;
        var token = PageToken.Parse(text);
        if (token is null)
            read.Refuse($"{name} is not understood; expected {PageToken.Expected} ({OptionNames.Variable(name)})");
        return token;
    }

    private static string[] Words(string text) =>
        text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Variables of people, servers and functions in the same environment.</summary>
    [GeneratedRegex(
        "^(HOME|API_KEY|ENVIRONMENT|NOTEBOOK_.*|WRITE_TABLES|Registry(User|Password)|Replica|Color|Address|Key|KeyFile|Signatures|TrustedKeys|CacheFolder"
        + "|DefaultModel|DiscoveryInterval|HeartbeatInterval|StoreTimeout|LoadTimeout|ProveTimeout|ComputeTimeout|BodyTimeout|RetryAfter|RetryAtMost|MaxRows|CsvHeader"
        + "|MaxBodyBytesInFlight|MaxModelBytes|MaxConcurrentLoads|MaxResidentModels|MaxModelMemory|ColdStartTimeout|CheckMemory|MemoryReserve|MaxConcurrency|MaxQueue|PredictionLog_.*|Monitoring_.*)$")]
    private static partial Regex OtherPrograms { get; }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$")]
    private static partial Regex NamePattern();
}
