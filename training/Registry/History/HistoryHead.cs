namespace Slipway.Registry.History;

/// <summary>The last entry of a history at some moment. Whoever finds the same again knows that nothing was moved in between.</summary>
/// <param name="Number">0 where there is no entry yet.</param>
/// <param name="Sha256">SHA-256 of that entry's stored bytes; null where there is none.</param>
public sealed record HistoryHead(int Number, string? Sha256)
{
    public static HistoryHead None { get; } = new(0, null);

    internal static HistoryHead Of(StoredEntry? last) => last is null ? None : new(last.Value.Number, last.Sha256);
}
