using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>AWS answered, and the environment is not there.</summary>
public sealed class NotBuiltException(string message, Exception inner) : SlipwayException(message, inner);
