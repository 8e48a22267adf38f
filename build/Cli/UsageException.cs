using Slipway.Registry;

namespace Slipway.Build.Cli;

/// <summary>The command line or a setting is wrong; the message says what would be right.</summary>
public sealed class UsageException(string message) : SlipwayException(message);
