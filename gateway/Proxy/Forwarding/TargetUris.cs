using System.Collections.Concurrent;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>
/// The URIs of one server, parsed once for each path: a URI costs more than everything else that the gateway itself does for a request. Paths come from
/// callers, so their number and length are bounded; what does not fit is parsed each time.
/// </summary>
/// <param name="address">Without a slash at its end.</param>
public sealed class TargetUris(string address)
{
    public const int MaxUris = 64;
    public const int MaxPathLength = 256;

    private readonly ConcurrentDictionary<string, Uri> _known = new(StringComparer.Ordinal);
    private int _count;

    public Uri Of(HttpRequest request)
    {
        if (request.QueryString.HasValue || request.Path.Value is not { Length: <= MaxPathLength } path)
            return Make(request);
        if (_known.TryGetValue(path, out var known))
            return known;
        var made = Make(request);
        if (Volatile.Read(ref _count) < MaxUris && Interlocked.Increment(ref _count) <= MaxUris)
            _known.TryAdd(path, made);
        return made;
    }

    private Uri Make(HttpRequest request) => RequestUtilities.MakeDestinationAddress(address, request.Path, request.QueryString);
}
