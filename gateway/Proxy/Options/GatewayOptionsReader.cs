using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Options;

/// <summary>Reads options from the environment (SLIPWAY_Name) and the command line (--Name=value), and collects everything that is wrong with them.</summary>
public sealed partial class GatewayOptionsReader(IConfiguration configuration)
{
    private const string Prefix = "SLIPWAY_";

    private readonly List<string> _errors = [];

    public static GatewayOptions Read(string[] arguments, out IReadOnlyList<string> errors)
    {
        var unknown = UnknownArguments(arguments).ToList();
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables(Prefix)
            .AddCommandLine([.. arguments.Except(unknown)])
            .Build();
        var reader = new GatewayOptionsReader(configuration);
        var options = reader.Read();
        errors =
        [
            .. unknown.Select(argument => $"unknown argument '{argument}'; use --Name=value with one of {string.Join(", ", Names)}"),
            .. variables.Select(Misspelling).OfType<string>(),
            .. reader._errors,
        ];
        return options;
    }

    private static IEnumerable<string> Names => typeof(GatewayOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name);

    private static IEnumerable<string> UnknownArguments(string[] arguments) =>
        arguments.Where(argument =>
            !argument.StartsWith("--", StringComparison.Ordinal)
            || argument.IndexOf('=') is var at && at < 0
            || !Names.Contains(argument[2..at], StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// A variable that nobody reads may be a setting that somebody believes in. Other programs have variables with the same prefix,
    /// so only a name that is near to an option's, and is no other program's, is an error.
    /// </summary>
    public static string? Misspelling(string variable)
    {
        if (!variable.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var name = variable[Prefix.Length..];
        if (Names.Contains(name, StringComparer.OrdinalIgnoreCase) || OtherPrograms.IsMatch(name))
            return null;
        return Suggestion.Nearest(name.Replace("_", "", StringComparison.Ordinal), Names) is { } meant
            ? $"unknown environment variable '{variable}'; did you mean {Prefix}{meant}? Remove it where it is not for the gateway"
            : null;
    }

    private GatewayOptions Read()
    {
        var defaults = new GatewayOptions { Store = "" };
        var url = Address(nameof(GatewayOptions.Url), defaults.Url);
        foreach (var name in Names.Where(name => configuration[name] is { } value && string.IsNullOrWhiteSpace(value)))
            _errors.Add($"{name} is there but empty; give it a value or remove it ({Prefix}{name} or --{name}=)");
        return defaults with
        {
            Gateway = Name(nameof(GatewayOptions.Gateway), defaults.Gateway),
            Store = StoreAddress(nameof(GatewayOptions.Store)),
            Release = Text(nameof(GatewayOptions.Release)) ?? defaults.Release,
            Url = url,
            PrivateUrl = PrivateAddress(url, defaults.PrivateUrl),
            AllowedAddresses = Networks(nameof(GatewayOptions.AllowedAddresses), defaults.AllowedAddresses),
            ApiKeys = Keys(nameof(GatewayOptions.ApiKeys), url),
            AllowAnonymous = Flag(nameof(GatewayOptions.AllowAnonymous), defaults.AllowAnonymous),
            AllowedHosts = Words(Text(nameof(GatewayOptions.AllowedHosts)) ?? ""),
            TrustedProxies = Networks(nameof(GatewayOptions.TrustedProxies), defaults.TrustedProxies),
            AllowForcedColor = Flag(nameof(GatewayOptions.AllowForcedColor), defaults.AllowForcedColor),
            StickyCookie = Text(nameof(GatewayOptions.StickyCookie)),
            StickyHeader = Text(nameof(GatewayOptions.StickyHeader)),
            RateLimit = Whole(nameof(GatewayOptions.RateLimit), defaults.RateLimit, 0, 1_000_000),
            MaxBodyBytes = Whole(nameof(GatewayOptions.MaxBodyBytes), (int)defaults.MaxBodyBytes, 1, int.MaxValue),
            MaxBufferedBytes = Whole(nameof(GatewayOptions.MaxBufferedBytes), (int)defaults.MaxBufferedBytes, 1 << 20, int.MaxValue),
            MaxConnections = Whole(nameof(GatewayOptions.MaxConnections), defaults.MaxConnections, 1, 1_000_000),
            RetryBufferBytes = Whole(nameof(GatewayOptions.RetryBufferBytes), defaults.RetryBufferBytes, 0, 64 << 20),
            RetryPercent = Whole(nameof(GatewayOptions.RetryPercent), defaults.RetryPercent, 0, 100),
            RetryBurst = Whole(nameof(GatewayOptions.RetryBurst), defaults.RetryBurst, 0, 100_000),
            RequestTimeout = Span(nameof(GatewayOptions.RequestTimeout), defaults.RequestTimeout),
            FirstTryTimeout = Span(nameof(GatewayOptions.FirstTryTimeout), defaults.FirstTryTimeout),
            PollInterval = Span(nameof(GatewayOptions.PollInterval), defaults.PollInterval),
            ReplicaTimeout = Span(nameof(GatewayOptions.ReplicaTimeout), defaults.ReplicaTimeout),
            ProbeInterval = Span(nameof(GatewayOptions.ProbeInterval), defaults.ProbeInterval),
            ProbeTimeout = Span(nameof(GatewayOptions.ProbeTimeout), defaults.ProbeTimeout),
            EjectionTime = Span(nameof(GatewayOptions.EjectionTime), defaults.EjectionTime),
            LeaseTimeout = Span(nameof(GatewayOptions.LeaseTimeout), defaults.LeaseTimeout),
            DrainDelay = Span(nameof(GatewayOptions.DrainDelay), defaults.DrainDelay, zero: true),
            TakeOver = Flag(nameof(GatewayOptions.TakeOver), defaults.TakeOver),
        };
    }

    private string? Text(string name) => string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name];

    private T Wrong<T>(string name, string expected, T fallback)
    {
        _errors.Add($"{name} is '{configuration[name]}'; expected {expected} (SLIPWAY_{name} or --{name}=)");
        return fallback;
    }

    private string Required(string name, string meaning)
    {
        if (Text(name) is { } text)
            return text;
        _errors.Add($"{name} is missing: {meaning} (SLIPWAY_{name} or --{name}=)");
        return "";
    }

    private string StoreAddress(string name) =>
        Required(name, ObjectStores.Rule) is var store && store.Length > 0 && ObjectStores.Problem(store) is not null ? Wrong(name, ObjectStores.Rule, store) : store;

    private string Name(string name, string fallback) =>
        Text(name) is not { } text ? fallback
        : NamePattern().IsMatch(text) ? text
        : Wrong(name, "lower-case letters, digits and hyphens, at most 63", fallback);

    private Uri Address(string name, Uri fallback)
    {
        if (Text(name) is not { } text)
            return fallback;
        // http alone: TLS ends at the load balancer in front
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "http" && url.PathAndQuery == "/"
            && (url.Host == "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _))
            ? url
            : Wrong(name, "an address such as http://127.0.0.1:8080 or http://0.0.0.0:8080", fallback);
    }

    private Uri PrivateAddress(Uri url, Uri fallback)
    {
        var privateUrl = Address(nameof(GatewayOptions.PrivateUrl), fallback);
        return privateUrl.Port == url.Port && url.Port != 0
            ? Wrong(nameof(GatewayOptions.PrivateUrl), $"another port than that of Url ({url.Port})", privateUrl)
            : privateUrl;
    }

    private IReadOnlyList<IPNetwork> Networks(string name, IReadOnlyList<IPNetwork> fallback)
    {
        if (Text(name) is not { } text)
            return fallback;
        var networks = new List<IPNetwork>();
        foreach (var word in Words(text))
        {
            if (!IPNetwork.TryParse(word, out var network))
                return Wrong(name, "ranges such as 10.0.0.0/16, separated by commas", fallback);
            networks.Add(network);
        }
        return networks;
    }

    private List<ApiKey> Keys(string name, Uri url)
    {
        var keys = new List<ApiKey>();
        var text = Text(name);
        if (text is not null && Words(text).Length == 0)
            _errors.Add($"{name} names no key; give at least one or remove it ({Prefix}{name} or --{name}=)");
        if (text is null && !url.IsLoopback && !Flag(nameof(GatewayOptions.AllowAnonymous), false))
            _errors.Add($"{name} is missing, and {url.Host} can be reached from elsewhere: give callers keys ({Prefix}{name}), or say {Prefix}{nameof(GatewayOptions.AllowAnonymous)}=true");
        foreach (var word in Words(text ?? ""))
        {
            var at = word.IndexOf(':');
            // the value is not echoed: somebody may have put the key itself here
            if (at < 1 || word.Length - at - 1 != 64 || !word.Skip(at + 1).All(char.IsAsciiHexDigit))
                _errors.Add($"{name} is not understood; expected name:sha256-in-hex pairs separated by commas, as in ci:$(printf %s \"$KEY\" | sha256sum | cut -c1-64)");
            else
                keys.Add(new(word[..at], Convert.FromHexString(word[(at + 1)..])));
        }
        return keys;
    }

    private bool Flag(string name, bool fallback) =>
        Text(name) is not { } text ? fallback : bool.TryParse(text, out var flag) ? flag : Wrong(name, "true or false", fallback);

    private int Whole(string name, int fallback, int least, int most) =>
        Text(name) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong(name, $"a whole number from {least} to {most}", fallback);

    /// <summary>Seconds (0.5) or hours:minutes:seconds (00:00:05).</summary>
    private TimeSpan Span(string name, TimeSpan fallback, bool zero = false)
    {
        if (Text(name) is not { } text)
            return fallback;
        TimeSpan? span = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 86400
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParseExact(text, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var clock) ? clock : null;
        return span is { } found && (found > TimeSpan.Zero || zero) ? found : Wrong(name, "seconds such as 0.5, or hh:mm:ss", fallback);
    }

    private static string[] Words(string text) =>
        text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What a person, a server or a function has in the same environment.</summary>
    [GeneratedRegex("^(HOME|API_KEY|ENVIRONMENT|NOTEBOOK_.*|WRITE_TABLES|Registry(User|Password)|Replica|Color|Address|Key|KeyFile|Signatures|TrustedKeys|CacheFolder|DefaultModel|DiscoveryInterval|HeartbeatInterval|StoreTimeout|LoadTimeout|RetryAfter|RetryAtMost|MaxRows|MaxConcurrency|MaxQueue|PredictionLog_.*)$")]
    private static partial Regex OtherPrograms { get; }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$")]
    private static partial Regex NamePattern();
}
