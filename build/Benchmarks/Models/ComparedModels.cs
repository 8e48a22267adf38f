using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Automation.Rollbacks;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Benchmarks.Models;

/// <summary>Publishes the models that are compared in addition to the one that the benchmark is about: a linear one, and a network.</summary>
public sealed class ComparedModels(LocalEnvironment environment, TrainerBuild build, Paths paths, IProgressReport report)
{
    private const string Linear = "tumor-diagnosis", Network = "benchmark-network";

    private readonly ModelTraining _training = new(environment, build, report);

    /// <param name="like">A version whose records the network is asked about.</param>
    /// <param name="kinds">Which of them.</param>
    public async Task PublishAsync(ModelFolder trees, int like, IReadOnlyList<string> kinds, CancellationToken cancellation)
    {
        if (kinds.Contains(ComparisonNames.Linear))
            await _training.TrainAsync(new(Linear, paths.Model(Linear)), dataset: null, cancellation);
        if (!kinds.Contains(ComparisonNames.Network))
            return;
        var manifest = await environment.Versions.RequireAsync(trees.Name, like, cancellation);
        var golden = await new GoldenSets(environment.Store).ReadAsync(manifest, cancellation);
        await _training.RegisterAsync(NetworkFolder(trees), environment.PathOf(manifest.Lineage.Dataset.Key), DenseNetwork.For(golden), cancellation);
    }

    /// <param name="kind">One that was published.</param>
    public Task<ComparedModel> ReadAsync(string kind, CancellationToken cancellation) => kind == ComparisonNames.Linear
        ? ReadAsync(Linear, version: 1, "a linear model", cancellation)
        : ReadAsync(Network, version: 1, "a network of 1 MB", cancellation);

    public async Task<ComparedModel> ReadAsync(string model, int version, string? kind, CancellationToken cancellation)
    {
        var manifest = await environment.Versions.RequireAsync(model, version, cancellation);
        var unpacked = Path.Combine(environment.Folders.Work, "peers", model);
        await new ArtifactFetcher(environment.Store).FetchAsync(manifest.Artifact, unpacked, cancellation);
        return new(model, kind, manifest.Schema, await new GoldenSets(environment.Store).ReadAsync(manifest, cancellation), Path.Combine(unpacked, ArtifactFiles.Onnx));
    }

    /// <summary>The same columns, and gates that random weights pass.</summary>
    private ModelFolder NetworkFolder(ModelFolder trees)
    {
        var spec = JsonNode.Parse(trees.ReadSpecJson(), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        foreach (var member in new[] { "hyperparameters", "value", "slices", "dataset", "threshold" })
            spec.Remove(member);
        spec["trainer"] = TrainerNames.Imported;
        spec["delivery"] = "swap";
        spec["gates"] = new JsonObject { ["metrics"] = new JsonObject { ["auc"] = new JsonObject { ["atLeast"] = 0 } } };
        var folder = new ModelFolder(Network, Path.Combine(environment.Folders.Work, Network));
        Directory.CreateDirectory(folder.Folder);
        File.WriteAllText(folder.SpecPath, spec.ToJsonString());
        return folder;
    }
}
