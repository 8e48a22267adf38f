using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Machine;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Training;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Benchmarks.Training;

/// <summary>Runs the training job of one model several times. Each registers a version, so that there are versions to swap between.</summary>
/// <param name="dataset">A CSV file; null for the model's sample data.</param>
public sealed class TrainingBenchmark(LocalEnvironment environment, TrainerBuild build, ModelFolder model, string? dataset)
{
    private static readonly TimeSpan GeneratorTimeout = TimeSpan.FromMinutes(5);

    private readonly Datasets _datasets = new(environment.Store, environment.Folders, GeneratorTimeout, environment.Time);

    /// <exception cref="SlipwayException">A job registered no version.</exception>
    public async Task<TrainingFigures> RunAsync(int jobs, IProgressStep step, CancellationToken cancellation)
    {
        var key = dataset is null
            ? await _datasets.ImportSampleAsync(model, build.Trainer, cancellation)
            : await _datasets.ImportAsync(model.Name, dataset, cancellation);
        var seconds = new List<double>();
        long? peak = null;
        for (var job = 1; job <= jobs; job++)
        {
            step.Now($"job {job} of {jobs}");
            var request = ModelTraining.Request(model, key, build) with { SpecJson = Spec(model.ReadSpecJson(), job) };
            var started = environment.Time.GetTimestamp();
            var (run, bytes) = await PeakMemory.WhileAsync(() => environment.TrainAsync(request, build, step.Now, cancellation), environment.Time);
            seconds.Add(environment.Time.GetElapsedTime(started).TotalSeconds);
            peak = bytes > (peak ?? 0) ? bytes : peak;
            if (run.Outcome.Result != TrainingResult.Registered)
                throw new SlipwayException($"The training job of '{model.Name}' registered no version, so there is nothing to measure: {run.Outcome.Reason}");
        }

        return new(key, (await environment.Store.HeadAsync(key, cancellation: cancellation))!.Length, seconds, peak);
    }

    /// <summary>The same work under another description: identical inputs would not start a new job.</summary>
    public static byte[] Spec(byte[] json, int job)
    {
        var spec = JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        spec["description"] = $"Job {job} of a benchmark.";
        // no gateway is running yet that could roll it out
        spec["delivery"] = "swap";
        return JsonSerializer.SerializeToUtf8Bytes(spec);
    }
}
