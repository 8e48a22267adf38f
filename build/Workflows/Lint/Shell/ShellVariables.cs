using System.Text.RegularExpressions;

namespace Slipway.Build.Workflows.Lint.Shell;

/// <summary>Which variables a script reads.</summary>
public static partial class ShellVariables
{
    // https://docs.github.com/actions/reference/workflows-and-actions/variables
    private static readonly string[] Given = ["CI", "HOME", "PATH", "PWD"];

    public static IEnumerable<string> In(string script) =>
        Reference().Matches(SingleQuoted().Replace(script, "")).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Whether every runner has it.</summary>
    public static bool IsGiven(string name) =>
        name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("RUNNER_", StringComparison.Ordinal) || Given.Contains(name);

    [GeneratedRegex(@"\$\{?#?([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Reference();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex SingleQuoted();
}
