namespace Slipway.Gateway.Page.Reading;

/// <param name="Value">Null if it is not there, or could not be read.</param>
/// <param name="Problem">Why it could not be read, as a sentence; null if it could.</param>
public sealed record StoreRead<T>(T? Value, string? Problem);
