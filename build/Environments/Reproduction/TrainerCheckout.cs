using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Environments.Reproduction;

/// <summary>The trainer at a commit, built in a temporary worktree that is removed on disposal.</summary>
public sealed class TrainerCheckout : IDisposable
{
    private readonly GitTool _git;
    private readonly string _tree;
    private readonly string _output;

    private TrainerCheckout(GitTool git, string folder)
    {
        _git = git;
        _tree = Path.Combine(folder, "tree");
        _output = Path.Combine(folder, "trainer");
    }

    public string Assembly => Path.Combine(_output, "Slipway.Trainer.dll");

    /// <summary>Checks whether a commit can be checked out here, before anything is done.</summary>
    /// <param name="home">The folder in which another clone finds this environment.</param>
    /// <exception cref="SlipwayException">It cannot; the message says what to do.</exception>
    public static void Require(GitTool git, Paths paths, string commit, string home)
    {
        if (git.Refusal is { } refusal)
            throw new SlipwayException($"git cannot check out commit {commit} from '{paths.Root}': {refusal}");
        if (git.Head is null)
            throw new SlipwayException(
                $"'{paths.Root}' is not a git checkout, or git is not installed, so commit {commit} cannot be checked out here. " +
                $"Run this in a clone of the repository, with the environment variable {EnvironmentVariables.Home}={home}");
        if (!git.Has(commit))
            throw new SlipwayException(
                $"This clone does not have commit {commit}. Get it with 'git fetch --all' (in a shallow clone 'git fetch --unshallow'), " +
                "or fetch from the clone in which the version was trained, then run this again.");
    }

    /// <param name="folder">The folder for the worktree and its build output.</param>
    public static TrainerCheckout Add(GitTool git, Paths paths, string commit, string folder)
    {
        var checkout = new TrainerCheckout(git, folder);
        try
        {
            git.AddWorktree(checkout._tree, commit);
            checkout.TakeOver(paths.StandInsAnswer);
            return checkout;
        }
        catch
        {
            checkout.Dispose();
            throw;
        }
    }

    public void Build(DotNetTool dotnet, Action<string> now, CancellationToken cancellation)
    {
        dotnet.BuildApart(_tree, Paths.Trainer, _output, now, cancellation);
        if (!File.Exists(Assembly))
            throw new SlipwayException($"The build of {Paths.Trainer} at that commit produced no {Path.GetFileName(Assembly)}: this build does not support its trainer.");
    }

    public void Dispose() => _git.RemoveWorktree(_tree);

    // The package feed is the same as this tree's, so its result also applies there.
    private void TakeOver(string answer)
    {
        if (!File.Exists(answer))
            return;

        var copy = new Paths(_tree, _tree).StandInsAnswer;
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(answer, copy);
    }
}
