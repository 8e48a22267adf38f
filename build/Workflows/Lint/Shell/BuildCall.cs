using Slipway.Build.Cli;

namespace Slipway.Build.Workflows.Lint.Shell;

/// <summary>A step that starts the build.</summary>
/// <param name="Always">The arguments that it always gets.</param>
/// <param name="AtMost">The same with the optional arguments.</param>
public sealed record BuildCall(CommandLine Always, CommandLine AtMost)
{
    public const string Script = "./build.sh";

    /// <summary>The same for PowerShell, in a step with <c>shell: pwsh</c>.</summary>
    public const string WindowsScript = "./build.ps1";

    public string Target => Always.Targets is [var target, ..] ? target : CommandLine.DefaultTarget;

    /// <returns>Null for any other command.</returns>
    public static BuildCall? Of(IReadOnlyList<ShellWord> words) => words is [{ Text: Script or WindowsScript, IsOptional: false }, ..]
        ? new(Parse(words.Skip(1).Where(word => !word.IsOptional)), Parse(words.Skip(1)))
        : null;

    private static CommandLine Parse(IEnumerable<ShellWord> words) => CommandLineParser.Parse(words.Select(word => word.Text));
}
