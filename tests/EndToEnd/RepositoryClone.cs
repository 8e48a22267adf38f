using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// A clone of the commit, whatever the state of this tree. It runs the host that these tests were built with, from its own root,
/// so that lineage, checkouts and builds are those of the clone.
/// </summary>
internal sealed class RepositoryClone
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private RepositoryClone(string root) => Root = root;

    public string Root { get; }

    public string Trainer => TrainerIn(Root);

    public static async Task<RepositoryClone> Of(string repository, string folder)
    {
        await Run(Path.GetTempPath(), "git", "clone", "--quiet", repository, folder);
        CopyFolder(Path.GetDirectoryName(BuildHost.Assembly)!, Path.GetDirectoryName(BuildHost.AssemblyIn(folder))!);
        return new(folder);
    }

    public BuildHost Host(string home) => new(home, Root);

    public Task<string> Git(params string[] arguments) =>
        Run(Root, "git", ["-c", "user.name=tester", "-c", "user.email=tester@example.invalid", .. arguments]);

    public async Task Commit(string message)
    {
        await Git("add", "--all");
        await Git("commit", "--quiet", "--no-verify", "-m", message);
    }

    /// <summary>Takes the trainer that was built with these tests, unless it contains what is not in the commit.</summary>
    public async Task BuildTrainer()
    {
        if ((await Run(BuildHost.Repository, "git", "status", "--porcelain")).Length == 0)
            CopyFolder(Path.GetDirectoryName(TrainerIn(BuildHost.Repository))!, Path.GetDirectoryName(Trainer)!);
        else
            // without analyzers: the code of these commits has been through them
            await Run(Root, "dotnet", "build", "training/Trainer", "-c", BuildHost.Configuration, "-v", "quiet", "--nologo", "-p:RunAnalyzers=false");
    }

    /// <summary>Files of the working tree, and other worktrees, according to git.</summary>
    public async Task<string> State() => await Git("status", "--porcelain") + await Git("worktree", "list", "--porcelain") + await Git("rev-parse", "HEAD");

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string TrainerIn(string root) => Path.Combine(root, "training", "Trainer", "bin", BuildHost.Configuration, "net10.0", "Slipway.Trainer.dll");

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Timeout);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{await output}{errors}");
        return await output;
    }
}
