using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Notifications;

internal static class SampleChanges
{
    public static TrafficNotification Change(int number = 1, TrafficPhase phase = TrafficPhase.RolledBack, string reason = "because", params string[] delivered) => new(
        $"main-2-{number}", number, TrafficPhase.Progressing, phase, reason, "r2", DateTimeOffset.UnixEpoch, delivered);
}
