using Slipway.Registry;

namespace Slipway.Build;

/// <summary>AWS answered, and the environment is not there.</summary>
public sealed class NotBuiltException(string message, Exception inner) : SlipwayException(message, inner);
