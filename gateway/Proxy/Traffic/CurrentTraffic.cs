using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Traffic;

/// <summary>The committed state that requests are split by, behind one reference; null before there is one.</summary>
public sealed class CurrentTraffic
{
    private volatile TrafficState? _state;
    private volatile DesiredTraffic? _desired;
    private volatile string? _problem;

    public TrafficState? State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>What is wrong with the records in the store; only for the status.</summary>
    public string? Problem
    {
        get => _problem;
        set => _problem = value;
    }

    /// <summary>The traffic that was last requested; only for the status.</summary>
    public DesiredTraffic? Desired
    {
        get => _desired;
        set => _desired = value;
    }
}
