namespace Slipway.Gateway.Rollouts;

/// <summary>
/// Callers whose color is not drawn anew for each request, and whose first bad attempt has been counted: their next ones would be no new coins.
/// Bounded: with so many of them, a verdict does not depend on one more.
/// </summary>
public sealed class StickyCallers
{
    public const int MaxCallers = 65_536;

    private readonly HashSet<double> _counted = [];

    /// <returns>Whether this is its first bad attempt.</returns>
    public bool TryAdd(double caller)
    {
        lock (_counted)
            return _counted.Count < MaxCallers && _counted.Add(caller);
    }
}
