using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Rollouts;

/// <summary>A rollout that was requested and that no gateway has ended yet.</summary>
/// <param name="State">Null if no gateway has ever reported.</param>
public sealed record RolloutInProgress(DesiredTraffic Desired, RolloutPlan Plan, TrafficState? State)
{
    /// <returns>Null if none is running.</returns>
    public static RolloutInProgress? Of(DesiredTraffic? desired, TrafficState? state) =>
        desired is { Plan: { } plan, Action: not TrafficAction.Rollback } && desired.Revision > (state?.Revision ?? 0) ? new(desired, plan, state) : null;

    public Color Candidate => Desired.Color;

    /// <summary>How far it is; null while the gateway has not begun.</summary>
    public RolloutState? Progress => State?.Rollout is { } rollout && rollout.Plan.Id == Plan.Id ? rollout : null;

    /// <summary>The whole sentence, without its end.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"Rollout {Plan.Id} of {RolloutDescription.Subject(Plan)} to {Candidate.Word()}, requested by {Desired.By}, is running: {(Progress is { } progress ? RolloutDescription.Step(progress) : "it waits for the gateway")}");
}
