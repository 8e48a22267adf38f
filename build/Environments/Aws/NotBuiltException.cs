using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>AWS responded, and the environment does not exist.</summary>
public sealed class NotBuiltException(string message, Exception inner) : SlipwayException(message, inner);
