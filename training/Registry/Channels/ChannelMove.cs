using Slipway.Registry.History;

namespace Slipway.Registry.Channels;

/// <summary>A request to point channels of a model to a version.</summary>
/// <param name="By">The person or role that requests it.</param>
/// <param name="Reason">One sentence for the history.</param>
/// <param name="Block">SHA-256 of ONNX files that automation must not promote again on these channels.</param>
/// <param name="Expected">The last history entry when the move was decided; null to move whatever has happened since.</param>
public sealed record ChannelMove(
    string Model,
    int Version,
    HistoryAction Action,
    IReadOnlyList<Color> Channels,
    string By,
    string Reason,
    IReadOnlyList<string>? Block = null,
    HistoryHead? Expected = null);
