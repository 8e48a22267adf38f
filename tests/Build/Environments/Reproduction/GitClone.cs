using System.Diagnostics;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tests.Tools;
using Slipway.Build.Tools;

namespace Slipway.Build.Tests.Environments.Reproduction;

/// <summary>A git repository of the test's own, with two commits and changes on top.</summary>
internal sealed class GitClone : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-git-");

    public GitClone()
    {
        Git("init", "--quiet", "--initial-branch=main");
        First = Commit("trainer.txt", "first");
        Second = Commit("trainer.txt", "second");
        File.WriteAllText(At("trainer.txt"), "not committed");
        Tool = new(new StartingCakeContext(), Root);
    }

    public string Root => Path.Combine(_folder.FullName, "a clone");
    public string First { get; }
    public string Second { get; }
    public GitTool Tool { get; }
    public Paths Paths => new(Root, Root);

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path outside the clone.</summary>
    public string Beside(string name) => Path.Combine(_folder.FullName, name);

    public string Git(params string[] arguments)
    {
        Directory.CreateDirectory(Root);
        var start = new ProcessStartInfo("git", ["-c", "user.name=tester", "-c", "user.email=tester@example.invalid", "-C", Root, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}: {process.StandardError.ReadToEnd()}");
        return output.Trim();
    }

    /// <summary>The folders that git takes for worktrees of this clone.</summary>
    public string[] Worktrees() =>
        [.. Git("worktree", "list", "--porcelain").Split('\n').Where(line => line.StartsWith("worktree ", StringComparison.Ordinal)).Select(line => line[9..])];

    public void Dispose() => TestFolder.Remove(_folder);

    private string Commit(string file, string content)
    {
        File.WriteAllText(At(file), content);
        Git("add", file);
        Git("commit", "--quiet", "-m", content);
        return Git("rev-parse", "HEAD");
    }
}
