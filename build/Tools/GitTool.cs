using System.ComponentModel;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Tools;

/// <summary>Queries git about this checkout. Without git or a checkout, the commit is <c>unknown</c>.</summary>
public sealed class GitTool(ICakeContext context, string root)
{
    /// <summary>An unknown tree cannot be restored, so it counts as dirty.</summary>
    public static SourceReference Unknown { get; } = new("unknown", Dirty: true);

    /// <summary>The commit that is checked out here; null outside a checkout.</summary>
    public string? Head =>
        // the prefix is empty at the root of a checkout: a copy inside another repository must not report that repository's commit
        Run("rev-parse", "--show-prefix", "HEAD") is { Succeeded: true, Output: ["", { Length: >= 40 } commit] } ? commit : null;

    /// <summary>Why git refuses to read this checkout, in its own words, such as that another user owns it; null if it does not refuse, or if there is none.</summary>
    public string? Refusal =>
        Run("rev-parse", "--show-prefix", "HEAD") is { Succeeded: false } answer && answer.Said.Contains("dubious ownership", StringComparison.Ordinal) ? answer.Said : null;

    public SourceReference Source()
    {
        if (Head is not { } commit)
            return Unknown;
        return Run("status", "--porcelain") is { Succeeded: true } changes ? new SourceReference(commit, changes.Output.Count > 0) : Unknown;
    }

    /// <summary>Whether this clone has a commit.</summary>
    public bool Has(string commit) => Run("cat-file", "-e", $"{commit}^{{commit}}").Succeeded;

    /// <summary>Checks a commit out into a separate folder; this tree, its branch and its changes are not touched.</summary>
    /// <param name="folder">Must not exist yet, or be empty.</param>
    /// <exception cref="SlipwayException">git failed.</exception>
    public void AddWorktree(string folder, string commit)
    {
        // this clone's hooks are meant for people who work in it
        var added = Run("-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--quiet", Quoted(folder), commit);
        if (!added.Succeeded)
            throw new SlipwayException($"git could not check out {commit} in '{folder}': {added.Said}");
    }

    /// <summary>Removes a worktree with its build output. A worktree that does not exist is not an error.</summary>
    public void RemoveWorktree(string folder)
    {
        // forced twice, to also remove a worktree that git was still creating when it was stopped, which is locked until then
        if (Run("worktree", "remove", "--force", "--force", Quoted(folder)).Succeeded)
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Run("worktree", "prune");
    }

    /// <summary>
    /// The files that this tree has changed, added or deleted since its merge base with <paramref name="reference"/>, including uncommitted ones.
    /// A renamed file is listed under both names.
    /// </summary>
    /// <param name="reference">A branch, a tag or a commit; a branch may exist only on the remote.</param>
    /// <returns>Paths with slashes, relative to the root of the checkout.</returns>
    /// <exception cref="SlipwayException">This clone does not have enough history, or git refuses to read it.</exception>
    public IReadOnlyList<string> ChangedSince(string reference)
    {
        var parting = new[] { reference, $"origin/{reference}" }.Where(Has).Select(known => Run("merge-base", known, "HEAD")).FirstOrDefault();
        if (parting is not { Succeeded: true, Output: [{ Length: >= 40 } commit, ..] })
            throw new SlipwayException($"Cannot determine what changed since '{reference}': " + (Refusal ??
                $"{(parting is null ? "this clone has no such branch or commit" : "this clone's history does not reach back to the merge base")}. " +
                "In a workflow, check out with fetch-depth: 0; on your machine, run git fetch, and name a branch such as origin/main."));

        var changed = Run("diff", "--name-only", "--no-renames", "-z", commit);
        var added = Run("ls-files", "--others", "--exclude-standard", "-z");
        return changed.Succeeded && added.Succeeded
            ? [.. changed.Names.Concat(added.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : throw new SlipwayException($"git could not list the changes since {commit}: {changed.Said} {added.Said}");
    }

    /// <summary>The files of this checkout, relative to its root, whether committed or not.</summary>
    /// <exception cref="SlipwayException">This is not a checkout.</exception>
    public IReadOnlyList<string> Files()
    {
        var files = Run("ls-files", "--cached", "--others", "--exclude-standard", "-z");
        return files.Succeeded ? [.. files.Names] : throw new SlipwayException($"git could not list the files of '{root}': {files.Said}");
    }

    private static string Quoted(string path) => $"\"{path}\"";

    private GitOutput Run(params string[] arguments)
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
            return new(-1, [], [$"git cannot be started: {exception.Message}"]);
        }
    }

    private sealed record GitOutput(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
    {
        public bool Succeeded => ExitCode == 0;

        /// <summary>The output of a command with <c>-z</c>: names are not quoted and are separated by null characters.</summary>
        public IEnumerable<string> Names => string.Join('\n', Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);

        public string Said => string.Join(' ', Errors.Select(line => line.Trim()));
    }
}
