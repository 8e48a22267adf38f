namespace Slipway.Build;

/// <summary>The environment variables that the build reads, each once.</summary>
public static class EnvironmentVariables
{
    /// <summary>Set by every CI service: progress is printed as plain lines.</summary>
    public const string Ci = "CI";

    /// <summary><c>dumb</c> where a terminal understands no cursor movement.</summary>
    public const string Terminal = "TERM";

    public static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value && value is not ("0" or "false");
}
