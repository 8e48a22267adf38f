using Slipway.Gateway.Status;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Traffic;

/// <summary>Logs once, as an error, that requests go to a color other than that of the split, and once when that ends.</summary>
public sealed partial class FailoverMonitor(GatewayMetrics metrics, ILogger<FailoverMonitor> logger)
{
    private readonly int[] _away = new int[2];

    public void Picked(TrafficPick pick)
    {
        switch (pick.Outcome)
        {
            case PickOutcome.FailedOver:
                metrics.FailedOver(pick.Color.Other());
                if (Interlocked.Exchange(ref _away[(int)pick.Color.Other()], 1) == 0)
                    FailedOver(pick.Color.Other().Word(), pick.Color.Word());
                break;
            case PickOutcome.Split when Volatile.Read(ref _away[(int)pick.Color]) == 1 && Interlocked.Exchange(ref _away[(int)pick.Color], 0) == 1:
                Returned(pick.Color.Word());
                break;
        }
    }

    [LoggerMessage(LogLevel.Error, "Color {From} has no healthy server: its requests go to {To}")]
    private partial void FailedOver(string from, string to);

    [LoggerMessage(LogLevel.Information, "Color {Color} serves its own requests again")]
    private partial void Returned(string color);
}
