using System.ComponentModel;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Tools;

/// <summary>Asks git about this checkout. Where there is no git or no checkout, the commit is <c>unknown</c>.</summary>
public sealed class GitTool(ICakeContext context, string root)
{
    /// <summary>Nobody can get an unknown tree back, so it counts as dirty.</summary>
    public static SourceReference Unknown { get; } = new("unknown", Dirty: true);

    /// <summary>The commit that is checked out here; null outside a checkout.</summary>
    public string? Head =>
        // the prefix is empty at the top of a checkout: a copy inside another repository is not that repository's commit
        Run("rev-parse", "--show-prefix", "HEAD") is { Succeeded: true, Output: ["", { Length: >= 40 } commit] } ? commit : null;

    /// <summary>Why git tells nothing of this checkout, in its own words, such as that it belongs to somebody else; null where it does, or where there is none.</summary>
    public string? Refusal =>
        Run("rev-parse", "--show-prefix", "HEAD") is { Succeeded: false } answer && answer.Said.Contains("dubious ownership", StringComparison.Ordinal) ? answer.Said : null;

    public SourceReference Source()
    {
        if (Head is not { } commit)
            return Unknown;
        return Run("status", "--porcelain") is { Succeeded: true } changes ? new SourceReference(commit, changes.Output.Count > 0) : Unknown;
    }

    /// <summary>Whether this clone holds a commit.</summary>
    public bool Has(string commit) => Run("cat-file", "-e", $"{commit}^{{commit}}").Succeeded;

    /// <summary>Checks a commit out into a folder of its own; this tree, its branch and its changes stay as they are.</summary>
    /// <param name="folder">Must not exist yet, or be empty.</param>
    /// <exception cref="SlipwayException">git did not.</exception>
    public void AddWorktree(string folder, string commit)
    {
        // a hook of this clone is meant for people who work in it
        var added = Run("-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--quiet", Quoted(folder), commit);
        if (!added.Succeeded)
            throw new SlipwayException($"git could not check out {commit} in '{folder}': {added.Said}");
    }

    /// <summary>Removes a worktree with all that was built in it. Removing what is not there is no error.</summary>
    public void RemoveWorktree(string folder)
    {
        // twice forced: also one that git was still filling when it was stopped, which is locked until then
        if (Run("worktree", "remove", "--force", "--force", Quoted(folder)).Succeeded)
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Run("worktree", "prune");
    }

    /// <summary>
    /// The files that this tree has changed, added or deleted since it and <paramref name="reference"/> parted; what is not committed yet counts too.
    /// A renamed file is there by both names.
    /// </summary>
    /// <param name="reference">A branch, a tag or a commit; a branch that only the remote has will do.</param>
    /// <returns>Paths with slashes, from the top of the checkout on.</returns>
    /// <exception cref="SlipwayException">This clone does not hold enough to tell.</exception>
    public IReadOnlyList<string> ChangedSince(string reference)
    {
        var parting = new[] { reference, $"origin/{reference}" }.Where(Has).Select(known => Run("merge-base", known, "HEAD")).FirstOrDefault();
        if (parting is not { Succeeded: true, Output: [{ Length: >= 40 } commit, ..] })
            throw new SlipwayException(
                $"What changed since '{reference}' can not be told: {(parting is null ? "git knows no such branch or commit here" : $"this clone does not go back to where the two parted")}. " +
                "In a workflow, check out with fetch-depth: 0; on your machine, run git fetch, and name a branch such as origin/main.");

        var changed = Run("diff", "--name-only", "--no-renames", "-z", commit);
        var added = Run("ls-files", "--others", "--exclude-standard", "-z");
        return changed.Succeeded && added.Succeeded
            ? [.. changed.Names.Concat(added.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : throw new SlipwayException($"git could not say what changed since {commit}: {changed.Said} {added.Said}");
    }

    /// <summary>What this checkout consists of, from its top on: what is committed, and what is not yet.</summary>
    /// <exception cref="SlipwayException">This is no checkout.</exception>
    public IReadOnlyList<string> Files()
    {
        var files = Run("ls-files", "--cached", "--others", "--exclude-standard", "-z");
        return files.Succeeded ? [.. files.Names] : throw new SlipwayException($"git could not say which files belong to '{root}': {files.Said}");
    }

    private static string Quoted(string path) => $"\"{path}\"";

    private GitAnswer Run(params string[] arguments)
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
            return new(process.GetExitCode(), [.. process.GetStandardOutput()], [.. process.GetStandardError()]);
        }
        catch (Exception exception) when (exception is Win32Exception or CakeException)
        {
            return new(-1, [], [$"git can not be started: {exception.Message}"]);
        }
    }

    private sealed record GitAnswer(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
    {
        public bool Succeeded => ExitCode == 0;

        /// <summary>What was asked for with <c>-z</c>: no name is quoted, and none ends at a line's end.</summary>
        public IEnumerable<string> Names => string.Join('\n', Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);

        public string Said => string.Join(' ', Errors.Select(line => line.Trim()));
    }
}
