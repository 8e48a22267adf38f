using Slipway.Registry;

namespace Slipway.Build.Cli;

/// <summary>The command line or a setting is invalid; the message says what would be valid.</summary>
public sealed class UsageException(string message) : SlipwayException(message);
