using System.Globalization;

namespace Slipway.Registry.Channels;

/// <summary>The channels were moved after a move was decided, so the decision is outdated and nothing was moved.</summary>
public sealed class ChampionChangedException(string model, ChannelSnapshot seen) : SlipwayException(
    $"The channels of '{model}' were moved by somebody else in the meantime, so nothing was moved: {Describe(seen)}. "
    + $"./build.sh --target=History --model={model} shows the move; decide again, then run this again.")
{
    /// <summary>Where the channels are now.</summary>
    public ChannelSnapshot Seen { get; } = seen;

    private static string Describe(ChannelSnapshot seen) => seen.Last is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"entry {last.Number} of the history is a {last.Action.ToString().ToLowerInvariant()} to version {last.To} by {last.By}")
        : "its history no longer exists";
}
