namespace Slipway.Build.Workflows.Lint.Shell;

/// <summary>A word of a command as the shell hands it on; <c>$NAME</c> stands in it where only a run knows the value.</summary>
/// <param name="IsOptional">Whether it may be missing, as in <c>${TO:+"--to=$TO"}</c>.</param>
public sealed record ShellWord(string Text, bool IsOptional)
{
    /// <summary>Whether only a run knows what a value is.</summary>
    public static bool IsOpen(string value) => value.Contains('$', StringComparison.Ordinal);
}
