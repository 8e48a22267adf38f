using System.ComponentModel;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Asks git which commit this is. Where there is no git or no checkout, the answer is <c>unknown</c>.</summary>
public sealed class GitTool(ICakeContext context, string root)
{
    /// <summary>Nobody can get an unknown tree back, so it counts as dirty.</summary>
    public static SourceReference Unknown { get; } = new("unknown", Dirty: true);

    public SourceReference Source()
    {
        // the prefix is empty at the top of a checkout: a copy inside another repository is not that repository's commit
        if (Ask("rev-parse", "--show-prefix", "HEAD") is not ["", { Length: >= 40 } commit])
            return Unknown;
        return Ask("status", "--porcelain") is { } changes ? new SourceReference(commit, changes.Count > 0) : Unknown;
    }

    /// <returns>What git printed; null when it failed or is not installed.</returns>
    private List<string>? Ask(params string[] arguments)
    {
        var builder = new ProcessArgumentBuilder();
        builder.Append("-C").AppendQuoted(root);
        foreach (var argument in arguments)
            builder.Append(argument);
        try
        {
            using var process = context.ProcessRunner.Start("git", new ProcessSettings
            {
                Arguments = builder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Silent = true,
            });
            process.WaitForExit();
            return process.GetExitCode() == 0 ? [.. process.GetStandardOutput()] : null;
        }
        catch (Exception exception) when (exception is Win32Exception or CakeException)
        {
            return null;
        }
    }
}
