using Slipway.Automation.Local;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tools;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;

namespace Slipway.Build.Environments.Reproduction;

/// <summary>
/// Reproduces a version: the trainer of its commit, the recorded input of its job, its seed. It changes neither the store nor this tree;
/// its working files are in a temporary folder.
/// </summary>
public sealed class VersionReproduction(SlipwayEnvironment environment, Paths paths, GitTool git, DotNetTool dotnet, IProgressReport report)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(1);

    /// <exception cref="SlipwayException">The version cannot be reproduced; the message says why.</exception>
    public async Task<ReproducedVersion> RunAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        RequireReproducible(manifest);
        TrainerCheckout.Require(git, paths, manifest.Lineage.Source.Commit, environment.Folders.Home);
        var folder = Path.Combine(environment.Folders.Work, $"reproduce-{Guid.NewGuid():n}");
        try
        {
            return await InAsync(folder, manifest, cancellation);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Fails early if the version is not reproducible.</summary>
    /// <exception cref="SlipwayException">It is not reproducible.</exception>
    public static void RequireReproducible(ModelManifest manifest)
    {
        var (lineage, name) = (manifest.Lineage, $"'{manifest.Model}' version {manifest.Version}");
        if (lineage.Imported is not null)
            throw new SlipwayException(
                $"{name} is not reproducible: it was trained elsewhere and registered here, so the code that trained it is unknown. Contact the person who registered it.");
        if (lineage.Source.Commit == GitTool.Unknown.Commit)
            throw new SlipwayException(
                $"{name} is not reproducible: it was trained outside a git checkout, so the code that trained it is unknown. Train from a clean checkout to get a reproducible version.");
        // it is passed to git on a command line, and comes from a file that anybody may have edited
        if (!IsCommit(lineage.Source.Commit))
            throw new SlipwayException($"{name} is not reproducible: '{lineage.Source.Commit}' in its lineage is not a commit. Check whether its manifest was modified: ./build.sh --target=History --model={manifest.Model} --verify");
        if (lineage.Source.Dirty)
            throw new SlipwayException(
                $"{name} is not reproducible: it was trained with uncommitted changes on top of commit {lineage.Source.Commit}, which cannot be restored. Commit the changes and train again to get a reproducible version.");
    }

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);

    private async Task<ReproducedVersion> InAsync(string folder, ModelManifest manifest, CancellationToken cancellation)
    {
        var lineage = manifest.Lineage;
        using var replay = await report.StepAsync("Fetch the input of the training job", async step =>
        {
            var prepared = await TrainingReplay.PrepareAsync(environment.Store, lineage, Path.Combine(folder, "job"), cancellation);
            step.Note($"{lineage.TrainingJob}: dataset and spec match the lineage");
            return prepared;
        });
        using var checkout = report.Step(
            $"Check out commit {lineage.Source.Commit}", _ => TrainerCheckout.Add(git, paths, lineage.Source.Commit, folder));
        report.Step("Build its trainer", step => checkout.Build(dotnet, step.Now, cancellation));
        var trainer = new TrainerProcess(checkout.Assembly, Timeout, environment.Time);
        if (TreeLibrary.Of(lineage.Environment.Libraries) is not null
            && OtherTreeLibrary.Warning(manifest, await trainer.LibraryAsync(cancellation)) is { } warning)
            report.Line(warning);
        return await report.StepAsync($"Train '{manifest.Model}' with seed {lineage.Seed}", async step =>
        {
            var result = new ReproducedVersion(manifest, await replay.RunAsync(trainer, step.Now, cancellation));
            if (!result.IsIdentical)
                step.Fail();
            return result;
        });
    }
}
