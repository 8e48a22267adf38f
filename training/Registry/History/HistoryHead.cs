namespace Slipway.Registry.History;

/// <summary>The last entry of a history at some moment. If it is still the same later, nothing was moved in between.</summary>
/// <param name="Number">0 if there is no entry yet.</param>
/// <param name="Sha256">SHA-256 of that entry's stored bytes; null if there is none.</param>
public sealed record HistoryHead(int Number, string? Sha256)
{
    public static HistoryHead None { get; } = new(0, null);

    internal static HistoryHead Of(StoredEntry? last) => last is null ? None : new(last.Value.Number, last.Sha256);
}
