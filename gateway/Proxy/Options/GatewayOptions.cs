using System.Net;
using Slipway.Gateway.Access;

namespace Slipway.Gateway.Options;

/// <summary>What a gateway is told at its start; read and checked by <see cref="GatewayOptionsReader"/>.</summary>
public sealed record GatewayOptions
{
    public string Gateway { get; init; } = "main";

    /// <summary>The store: a folder, or a bucket as <c>s3://&lt;bucket&gt;</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Hash or image digest of what this gateway runs.</summary>
    public string Release { get; init; } = "unknown";

    public Uri Url { get; init; } = new("http://127.0.0.1:8080");
    public Uri PrivateUrl { get; init; } = new("http://127.0.0.1:8081");

    /// <summary>Servers outside of these ranges are refused, whatever their heartbeat says.</summary>
    public IReadOnlyList<IPNetwork> AllowedAddresses { get; init; } = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>Empty: callers need no key, which <see cref="AllowAnonymous"/> has to say where others than this machine can call.</summary>
    public IReadOnlyList<ApiKey> ApiKeys { get; init; } = [];

    /// <summary>Whether callers may come without a key although the public listener is not on loopback.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>
    /// Names in <c>Host</c> that are answered, besides this machine's own where a listener is on loopback; <c>*</c> is any.
    /// Empty: only those on loopback, and any elsewhere.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Proxies in front, whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Whether callers may choose their color, and those on this machine mark requests as probes; see <see cref="CallerTrust"/>.</summary>
    public bool AllowForcedColor { get; init; }

    public string? StickyCookie { get; init; }
    public string? StickyHeader { get; init; }

    /// <summary>Requests a second for each key, or for each address where keys are off; 0 is no limit.</summary>
    public int RateLimit { get; init; }

    /// <summary>As the servers have it, so that a longer body is refused before it travels on.</summary>
    public long MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Of all request bodies together, with the allowance of those that pass through; beyond it, or beyond its caller's share, a request with a body gets 503.</summary>
    public long MaxBufferedBytes { get; init; } = 128 << 20;

    /// <summary>Of callers; beyond it a connection gets health and 503.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Requests that are at servers at the same time; beyond it a request gets 503.</summary>
    public int MaxConcurrentRequests { get; init; } = 2048;

    /// <summary>Requests with a longer body are sent once and not kept for a second try.</summary>
    public int RetryBufferBytes { get; init; } = 1 << 20;

    /// <summary>How many requests in a hundred may be sent a second time.</summary>
    public int RetryPercent { get; init; } = 20;

    /// <summary>How many second tries may come at once, as when a server with many requests in flight is killed.</summary>
    public int RetryBurst { get; init; } = 256;

    /// <summary>How long a server may stay silent before its request is given up.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request that can be repeated elsewhere waits for a server that no longer answers its probe either.</summary>
    public TimeSpan FirstTryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The same while a rollout runs, if that is shorter; in a bucket, where every look costs, it stays <see cref="PollInterval"/>.</summary>
    public TimeSpan RolloutInterval { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>A server whose heartbeat has stood still for so long, on the gateway's own clock, is gone.</summary>
    public TimeSpan ReplicaTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server gets no requests that refused connections, or whose answers are bad beyond those of its color; longer each time.</summary>
    public TimeSpan EjectionTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Another gateway may take the lease when the state has stood still for so long on its own clock.</summary>
    public TimeSpan LeaseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the wish to stop until the port closes; callers are asked to reconnect meanwhile.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Shares the port with a gateway that is about to leave, so that no connection is refused between the two.</summary>
    public bool TakeOver { get; init; }
}

/// <param name="Name">Stands for the key in logs and limits.</param>
/// <param name="Sha256">Of the key's UTF-8 bytes.</param>
public sealed record ApiKey(string Name, byte[] Sha256);
