using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>What callers get at this moment, as far as the store knows: part of a sentence for somebody who has to act.</summary>
public static class LiveState
{
    public static async Task<string> DescribeAsync(SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var state = await environment.Traffic.StateAsync(cancellation);
        if (state is null)
            return "nothing, because no gateway has received traffic yet";

        var desired = await environment.Traffic.ReadAsync(cancellation);
        var release = desired is { Release: { } asked } && desired.Color == state.Live && desired.Revision == state.Revision ? $", release {asked}" : "";
        var waiting = desired is not null && desired.Revision > state.Revision ? $" ({desired.Color.Word()} was requested, but the gateway has not applied it: {state.Reason.TrimEnd('.')})" : "";
        if (Behind(desired, state) is { } behind)
            waiting = $" ({behind})";
        var models = new List<string>();
        foreach (var model in await environment.Versions.ModelsAsync(cancellation))
            if ((await environment.Channels.GetAsync(model, state.Live, cancellation))?.Value is { } channel)
                models.Add($"'{model}' version {channel.Version.ToString(CultureInfo.InvariantCulture)}");
        return $"traffic is on {state.Live.Word()}{release}{waiting}; its channels point to {string.Join(", ", models.DefaultIfEmpty("nothing"))}";
    }

    /// <summary>Why the gateway ignores the requested traffic: it has moved past that revision. Null if it does not, or has not reached any.</summary>
    public static string? Behind(DesiredTraffic? desired, TrafficState? state) => (desired?.Revision ?? 0) < (state?.Revision ?? 0)
        ? string.Create(CultureInfo.InvariantCulture, $"{(desired is null ? "the record of the requested traffic is gone" : $"the requested traffic is revision {desired.Revision}")}, but traffic has reached {state!.Revision}: somebody deleted that record or replaced it with an older one; the next Deploy or Rollback writes it again")
        : null;
}
