using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Environments.Reproduction;

/// <summary>The trainer as it was at a commit, built in a temporary worktree that goes when this is disposed.</summary>
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

    /// <summary>Finds out whether a commit can be checked out here, before anything is done.</summary>
    /// <param name="home">Where a clone finds this environment.</param>
    /// <exception cref="SlipwayException">It can not; the message says what to do.</exception>
    public static void Require(GitTool git, Paths paths, string commit, string home)
    {
        if (git.Refusal is { } refusal)
            throw new SlipwayException($"git does not give the code of commit {commit} out of '{paths.Root}'. It says: {refusal}");
        if (git.Head is null)
            throw new SlipwayException(
                $"'{paths.Root}' is no git checkout, or git is not installed: the code of commit {commit} can not be had here. " +
                $"Run this in a clone of the repository, with the environment variable {EnvironmentVariables.Home}={home}");
        if (!git.Has(commit))
            throw new SlipwayException(
                $"This clone does not have commit {commit}. Get it with 'git fetch --all' (in a shallow clone 'git fetch --unshallow'), " +
                "or fetch from the clone in which the version was trained, then run this again.");
    }

    /// <param name="folder">Takes the worktree and what is built in it.</param>
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
            throw new SlipwayException($"The build of {Paths.Trainer} at that commit gave no {Path.GetFileName(Assembly)}: its trainer is of another kind than this build knows.");
    }

    public void Dispose() => _git.RemoveWorktree(_tree);

    // The feed is the one of this tree, so its answer holds there as well.
    private void TakeOver(string answer)
    {
        if (!File.Exists(answer))
            return;

        var copy = new Paths(_tree, _tree).StandInsAnswer;
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(answer, copy);
    }
}
