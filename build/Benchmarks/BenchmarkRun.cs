using Slipway.Automation.Rollbacks;
using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Load;
using Slipway.Benchmarks.Machine;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;

namespace Slipway.Benchmarks;

/// <summary>Runs all measurements in a separate environment.</summary>
public sealed class BenchmarkRun(BenchmarkRequest request, BenchmarkPlace place, BenchmarkPlan plan, IProgressReport report)
{
    // this program is also the load generator and the baselines
    private static readonly string Program = typeof(BenchmarkRun).Assembly.Location;

    private readonly LocalEnvironment _environment = place.Environment;
    private readonly Paths _paths = new(request.Root, request.Root);

    public async Task<BenchmarkFindings> RunAsync(CancellationToken cancellation)
    {
        var machine = await report.StepAsync("Inspect the machine", _ => ThisMachine.InspectAsync(request.Source, _environment.Time, cancellation));
        if (machine.Warning is { } warning)
            report.Line(warning);

        var model = new ModelFolder(request.Model, _paths.Model(request.Model));
        var releases = new BuildOutputs(_paths).AddAll(_environment.Folders);
        var build = new TrainerBuild(releases.Trainer, releases.Trainer.Hash, request.Source, request.By, request.Refusal);
        var training = await report.StepAsync($"Train {model.Name}", step => new TrainingBenchmark(_environment, build, model, request.Dataset).RunAsync(plan.TrainingJobs, step, cancellation));
        var deployment = await _environment.BeginDeploymentAsync(releases, build, [], report, cancellation);
        var deployed = await deployment.RunAsync(retry: true, cancellation);

        await using var load = new LoadClient(Program, _environment.Time);
        var contest = await SuiteAsync(deployed.Live, load, cancellation);
        var comparisons = new List<Comparison>();
        foreach (var rows in plan.Rows)
            comparisons.Add(await report.StepAsync($"Compare {BenchmarkSuite.NameOf(rows).ToLowerInvariant()}", step => contest.InferAsync(rows, step, cancellation)));
        comparisons.AddRange(
        [
            await report.StepAsync("Compare one raw record per request", step => contest.InvocationsAsync(step, cancellation)),
            await report.StepAsync("Compare the gateway", step => contest.GatewayAsync(step, cancellation)),
        ]);
        var swaps = await report.StepAsync("Swap versions under load", step => new SwapBenchmark(_environment, load, plan).RunAsync(
            new(deployed.Url), model.Name, contest.Infer(1), plan.TrainingJobs, plan.TrainingJobs - 1, step, cancellation));
        return new(plan.Name, machine, model.Name, comparisons, swaps, training);
    }

    private async Task<BenchmarkSuite> SuiteAsync(Color live, ILoad load, CancellationToken cancellation)
    {
        var server = _environment.Fleet.Running(live.Word())!;
        var heartbeat = await _environment.Heartbeats.FindAsync(server.Replica!, cancellation);
        var manifest = await _environment.Versions.RequireAsync(request.Model, plan.TrainingJobs, cancellation);
        var golden = await new GoldenSets(_environment.Store).ReadAsync(manifest, cancellation);
        var unpacked = Path.Combine(_environment.Folders.Work, "peers");
        await new ArtifactFetcher(_environment.Store).FetchAsync(manifest.Artifact, unpacked, cancellation);
        return new(
            place.Host, new(Program, _paths.Peers), load, plan,
            new("Slipway server", new(heartbeat!.Address), server), new("Slipway gateway", new(_environment.Gateway.Url!), _environment.Gateway),
            rows => ContestantRequest.Infer(request.Model, golden, rows), ContestantRequest.Invocations(manifest.Schema, golden), Path.Combine(unpacked, ArtifactFiles.Onnx),
            manifest.Schema.Output.Name, golden.Inputs[0].Count);
    }
}
