using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>What answers callers at this moment, as far as the store knows: part of a sentence for somebody who has to act.</summary>
public static class LiveNow
{
    public static async Task<string> DescribeAsync(SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var state = await environment.Traffic.StateAsync(cancellation);
        if (state is null)
            return "nothing, for no gateway has taken traffic yet";

        var desired = await environment.Traffic.ReadAsync(cancellation);
        var release = desired is { Release: { } asked } && desired.Color == state.Live && desired.Revision == state.Revision ? $", release {asked}" : "";
        var waiting = desired is not null && desired.Revision > state.Revision ? $" ({desired.Color.Word()} was asked for, and the gateway has not taken it up: {state.Reason.TrimEnd('.')})" : "";
        if (Behind(desired, state) is { } behind)
            waiting = $" ({behind})";
        var models = new List<string>();
        foreach (var model in await environment.Versions.ModelsAsync(cancellation))
            if ((await environment.Channels.GetAsync(model, state.Live, cancellation))?.Value is { } channel)
                models.Add($"'{model}' version {channel.Version.ToString(CultureInfo.InvariantCulture)}");
        return $"traffic is on {state.Live.Word()}{release}{waiting}; its channels say {string.Join(", ", models.DefaultIfEmpty("nothing"))}";
    }

    /// <summary>Why the gateway does not look at what is asked for: traffic has passed it. Null where it does, or nothing was ever reached.</summary>
    public static string? Behind(DesiredTraffic? desired, TrafficState? state) => (desired?.Revision ?? 0) < (state?.Revision ?? 0)
        ? string.Create(CultureInfo.InvariantCulture, $"{(desired is null ? "the record of what was asked for is gone" : $"what is asked for is of revision {desired.Revision}")}, and traffic has reached {state!.Revision}: somebody removed that record or put an older one in its place; the next Deploy or Rollback writes it anew")
        : null;
}
