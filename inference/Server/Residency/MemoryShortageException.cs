using Slipway.Registry;

namespace Slipway.Inference.Residency;

/// <summary>A version does not fit at the moment: the message contains the figures. It is retried.</summary>
public sealed class MemoryShortageException(string message) : SlipwayException(message);
