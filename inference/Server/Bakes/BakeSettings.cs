using Slipway.Inference.Slots;

namespace Slipway.Inference.Bakes;

/// <summary>How a generation bakes.</summary>
/// <param name="Time">How long the generation before it is kept; zero to keep none.</param>
/// <param name="Retry">When a version that was put back may be tried again.</param>
public sealed record BakeSettings(TimeSpan Time, BackOff Retry);
