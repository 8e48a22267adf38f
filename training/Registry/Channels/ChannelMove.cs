using Slipway.Registry.History;

namespace Slipway.Registry.Channels;

/// <summary>A wish to have channels of a model at a version.</summary>
/// <param name="By">The person or role that asks.</param>
/// <param name="Reason">One sentence for the history.</param>
/// <param name="Block">SHA-256 of ONNX files that automation must not promote again on these channels.</param>
/// <param name="Expected">The last entry of the history when the move was decided on; null where the move is meant whatever came before.</param>
public sealed record ChannelMove(
    string Model,
    int Version,
    HistoryAction Action,
    IReadOnlyList<Color> Channels,
    string By,
    string Reason,
    IReadOnlyList<string>? Block = null,
    HistoryHead? Expected = null);
