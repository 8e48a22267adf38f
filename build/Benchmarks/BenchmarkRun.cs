using Slipway.Automation.Rollbacks;
using Slipway.Build.Benchmarks.Contestants;
using Slipway.Build.Benchmarks.Figures;
using Slipway.Build.Benchmarks.Load;
using Slipway.Build.Benchmarks.Machine;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;

namespace Slipway.Build.Benchmarks;

/// <summary>Runs all measurements, in an environment of their own.</summary>
/// <param name="dataset">A CSV file to train on; null for the model's sample data.</param>
public sealed class BenchmarkRun(BuildContext context, BenchmarkPlace place, BenchmarkPlan plan, ModelFolder model, string? dataset)
{
    private readonly LocalEnvironment _environment = place.Environment;
    private readonly IProgressReport _report = context.Report;

    public async Task<BenchmarkFindings> RunAsync(CancellationToken cancellation)
    {
        var source = context.Git.Source();
        var machine = await _report.StepAsync("Inspect the machine", _ => ThisMachine.LookAsync(source, _environment.Time, cancellation));
        if (machine.Warning is { } warning)
            _report.Line(warning);

        var releases = context.Releases.AddAll(_environment);
        var build = context.Releases.Trainer(releases.Trainer);
        var training = await _report.StepAsync($"Train {model.Name}", step => new TrainingBenchmark(_environment, build, model, dataset).RunAsync(plan.TrainingJobs, step, cancellation));
        var deployment = await _environment.BeginDeploymentAsync(releases, build, [], _report, cancellation);
        var deployed = await deployment.RunAsync(cancellation);

        var programs = context.Releases.Add(_environment, Paths.BenchmarkPrograms);
        await using var load = new LoadClient(programs, _environment.Time);
        var contest = await ContestAsync(deployed.Live, programs, load, cancellation);
        IReadOnlyList<Comparison> comparisons =
        [
            await _report.StepAsync("Compare one encoded row per request", step => contest.InferAsync(step, cancellation)),
            await _report.StepAsync("Compare one raw record per request", step => contest.InvocationsAsync(step, cancellation)),
            await _report.StepAsync("Compare the gateway", step => contest.GatewayAsync(step, cancellation)),
        ];
        var swaps = await _report.StepAsync("Swap versions under load", step => new SwapBenchmark(_environment, load, plan).RunAsync(
            new(deployed.Url), model.Name, contest.Infer, plan.TrainingJobs, plan.TrainingJobs - 1, step, cancellation));
        return new(plan.Name, machine, model.Name, comparisons, swaps, training);
    }

    private async Task<Contest> ContestAsync(Color live, FolderRelease programs, ILoad load, CancellationToken cancellation)
    {
        var server = _environment.Fleet.Running(live.Word())!;
        var heartbeat = await _environment.Heartbeats.FindAsync(server.Replica!, cancellation);
        var manifest = await _environment.Versions.RequireAsync(model.Name, plan.TrainingJobs, cancellation);
        var golden = await new GoldenSets(_environment.Store).ReadAsync(manifest, cancellation);
        var unpacked = Path.Combine(_environment.Folders.Work, "peers");
        await new ArtifactFetcher(_environment.Store).FetchAsync(manifest.Artifact, unpacked, cancellation);
        return new(
            place.Host, new(programs, context.Paths.Peers), new(load, plan),
            new("Slipway server", new(heartbeat!.Address), server), new("Slipway gateway", new(_environment.Gateway.Url!), _environment.Gateway),
            Question.Infer(model.Name, golden), Question.Invocations(manifest.Schema, golden), Path.Combine(unpacked, ArtifactFiles.Onnx), manifest.Schema.Output.Name);
    }
}
