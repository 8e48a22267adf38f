namespace Slipway.Build.Workflows.Lint.Shell;

/// <summary>A word of a command as the shell passes it; it contains <c>$NAME</c> for a value that is known only at run time.</summary>
/// <param name="IsOptional">Whether it may be missing, as in <c>${TO:+"--to=$TO"}</c>.</param>
public sealed record ShellWord(string Text, bool IsOptional)
{
    /// <summary>Whether a value is known only at run time.</summary>
    public static bool IsOpen(string value) => value.Contains('$', StringComparison.Ordinal);
}
