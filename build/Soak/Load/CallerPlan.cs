namespace Slipway.Soak.Load;

/// <summary>What callers do.</summary>
/// <param name="Gateways">Where requests go, in turn.</param>
/// <param name="Path">Of every request; each is a POST.</param>
/// <param name="PerSecond">Requests are due at this rate, whether earlier ones were answered or not.</param>
/// <param name="Attempts">
/// To how many gateways a request is sent, one after the other, if its connection is refused, or reset before a response begins. One for callers that
/// do not try again.
/// </param>
public sealed record CallerPlan(IReadOnlyList<Uri> Gateways, string Path, string Body, int PerSecond, int Attempts)
{
    /// <summary>A response that takes longer is lost.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);
}
