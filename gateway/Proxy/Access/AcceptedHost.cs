namespace Slipway.Gateway.Access;

/// <summary>Whether a listener accepts a <c>Host</c>. Nearly all requests name the same one, so the last that was accepted is known.</summary>
public sealed class AcceptedHost(Uri listener, IReadOnlyList<string> allowed)
{
    private volatile string? _last;

    public bool IsAllowed(HostString host)
    {
        if (host.Value is { } value && string.Equals(value, _last, StringComparison.Ordinal))
            return true;
        if (!HostPolicy.IsAllowed(host, listener, allowed))
            return false;
        _last = host.Value;
        return true;
    }
}
