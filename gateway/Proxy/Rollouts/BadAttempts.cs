using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Rollouts;

/// <summary>The last bad attempts on the candidate, as evidence that a person can look up.</summary>
public sealed class BadAttempts
{
    public const int Max = 20;

    private readonly Queue<BadAttempt> _last = new(Max);

    public void Add(BadAttempt attempt)
    {
        lock (_last)
        {
            if (_last.Count == Max)
                _last.Dequeue();
            _last.Enqueue(attempt);
        }
    }

    public IReadOnlyList<BadAttempt> Last()
    {
        lock (_last)
            return [.. _last];
    }
}
