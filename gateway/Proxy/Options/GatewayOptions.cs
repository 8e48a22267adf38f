using System.Net;
using Slipway.Gateway.Access;
using Slipway.Gateway.Notifications;
using Slipway.Gateway.Page.SignIn;

namespace Slipway.Gateway.Options;

/// <summary>The options of a gateway; read and validated by <see cref="GatewayOptionsReader"/>.</summary>
public sealed record GatewayOptions
{
    public string Gateway { get; init; } = "main";

    /// <summary>The store: a folder, or a bucket as <c>s3://&lt;bucket&gt;</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Hash or image digest of this gateway's release.</summary>
    public string Release { get; init; } = "unknown";

    /// <summary>The namespace in CloudWatch of what is written to the console for it once a minute; null: nothing is.</summary>
    public string? CloudWatchNamespace { get; init; }

    public Uri Url { get; init; } = new("http://127.0.0.1:8080");
    public Uri PrivateUrl { get; init; } = new("http://127.0.0.1:8081");

    /// <summary>Servers outside these ranges are ignored, whatever their heartbeats report.</summary>
    public IReadOnlyList<IPNetwork> AllowedAddresses { get; init; } = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>Empty: callers need no key; if other machines can call, this also requires <see cref="AllowAnonymous"/>.</summary>
    public IReadOnlyList<ApiKey> ApiKeys { get; init; } = [];

    /// <summary>Whether callers need no key although the public listener is not on loopback.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>
    /// Accepted values of <c>Host</c>, in addition to this machine's own names on a loopback listener; <c>*</c> accepts any.
    /// Empty: only those names on loopback, and any name elsewhere.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Reverse proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are trusted.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Whether callers may choose the color, and callers on this machine may mark requests as probes; see <see cref="CallerTrust"/>.</summary>
    public bool AllowForcedColor { get; init; }

    public string? StickyCookie { get; init; }
    public string? StickyHeader { get; init; }

    /// <summary>Requests per second for each key, or for each address if keys are off; 0 disables the limit.</summary>
    public int RateLimit { get; init; }

    /// <summary>The same as on the servers, so that the gateway rejects a longer body before it forwards it.</summary>
    public long MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Limit for all request bodies together, including the allowance for those that are streamed; beyond it, or beyond its caller's share, a request with a body gets 503.</summary>
    public long MaxBufferedBytes { get; init; } = 128 << 20;

    /// <summary>Limit for callers' connections; a connection beyond it gets only health checks and 503.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Requests that are at servers at the same time; beyond it a request gets 503.</summary>
    public int MaxConcurrentRequests { get; init; } = 2048;

    /// <summary>Requests with a longer body are not buffered, so they are never retried.</summary>
    public int RetryBufferBytes { get; init; } = 1 << 20;

    /// <summary>Maximum percentage of requests that are retried.</summary>
    public int RetryPercent { get; init; } = 20;

    /// <summary>Maximum burst of retries, as when a server with many requests in flight is killed.</summary>
    public int RetryBurst { get; init; } = 256;

    /// <summary>How long a server may send nothing before its request is abandoned.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a retryable request waits for a server that no longer responds to probes either.</summary>
    public TimeSpan FirstTryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The same while a rollout runs, if that is shorter; in a bucket, where every look costs, it stays <see cref="PollInterval"/>.</summary>
    public TimeSpan RolloutInterval { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How often to look for counts of models that servers have completed. Half a minute by default if the store is a bucket.</summary>
    public TimeSpan MonitoringInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A server whose heartbeat has not changed for this long, by the gateway's own clock, counts as gone.</summary>
    public TimeSpan ReplicaTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server gets no requests that refused connections, or whose answers are bad beyond those of its color; longer each time.</summary>
    public TimeSpan EjectionTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Another gateway may take the lease if the state has not changed for this long, by that gateway's own clock.</summary>
    public TimeSpan LeaseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the shutdown request until the port closes; meanwhile callers are told to reconnect.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Who is told of each change of traffic; nobody unless given.</summary>
    public IReadOnlyList<NotificationTarget> Notifications { get; init; } = [];

    /// <summary>Signs what webhooks are sent, so that they can tell it from what others send; needed where there is a webhook.</summary>
    public NotificationSecret? NotificationSecret { get; init; }

    /// <summary>Opens the operator's page on the private listener; without it there is no page.</summary>
    public PageToken? PageToken { get; init; }

    /// <summary>Shares the port with a gateway that is about to leave, so that no connection is refused between the two.</summary>
    public bool TakeOver { get; init; }
}

/// <param name="Name">Identifies the key in logs and limits.</param>
/// <param name="Sha256">Hash of the key's UTF-8 bytes.</param>
public sealed record ApiKey(string Name, byte[] Sha256);
