using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>The committed state that requests are split by, behind one reference; null before there is one.</summary>
public sealed class CurrentTraffic
{
    private volatile TrafficState? _state;
    private volatile DesiredTraffic? _desired;

    public TrafficState? State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>The traffic that was last requested; only for the status.</summary>
    public DesiredTraffic? Desired
    {
        get => _desired;
        set => _desired = value;
    }
}
