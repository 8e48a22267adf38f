using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Load;
using Slipway.Benchmarks.Machine;
using Slipway.Benchmarks.Models;
using Slipway.Benchmarks.Training;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Training;
using Slipway.Registry.Channels;

namespace Slipway.Benchmarks;

/// <summary>Runs the requested measurements in a separate environment.</summary>
public sealed class BenchmarkRun(BenchmarkRequest request, BenchmarkPlace place, BenchmarkPlan plan, IProgressReport report)
{
    // this program is also the load generator and the baselines
    private static readonly string Program = typeof(BenchmarkRun).Assembly.Location;

    private readonly LocalEnvironment _environment = place.Environment;
    private readonly Paths _paths = new(request.Root, request.Root);
    private readonly BenchmarkSelection _selection = BenchmarkSelection.Of(request.Only, plan);

    public async Task<BenchmarkFindings> RunAsync(CancellationToken cancellation)
    {
        var machine = await report.StepAsync("Inspect the machine", _ => ThisMachine.InspectAsync(request.Source, _environment.Time, cancellation));
        if (machine.Warning is { } warning)
            report.Line(warning);

        var model = new ModelFolder(request.Model, _paths.Model(request.Model));
        var releases = new BuildOutputs(_paths).AddAll(_environment.Folders);
        var build = new TrainerBuild(releases.Trainer, releases.Trainer.Hash, request.Source, request.By, request.Refusal);
        var training = await report.StepAsync(
            $"Train {model.Name}", step => new TrainingBenchmark(_environment, build, model, request.Dataset).RunAsync(_selection.TrainingJobs, step, cancellation));
        var (comparisons, swaps) = _selection.NeedsFleet ? await ServeAsync(releases, build, model, cancellation) : ([], null);
        var contest = !_selection.Includes(ComparisonNames.Training) ? [] : await report.StepAsync("Train next to scikit-learn", step => new TrainingContest(
            releases.Trainer.Assembly("Slipway.Trainer"), _paths.Peers, _environment.Folders.Work, _environment.Time).RunAsync(plan.Tables, step, cancellation));
        return new(
            plan.Name, machine, model.Name, comparisons, swaps, _selection.Includes(ComparisonNames.Training) ? training : null, contest, _selection.IsPartial ? _selection.Names : null);
    }

    /// <summary>Everything that needs servers.</summary>
    private async Task<(IReadOnlyList<Comparison> Comparisons, SwapFigures? Swaps)> ServeAsync(
        ReleaseSet releases, TrainerBuild build, ModelFolder model, CancellationToken cancellation)
    {
        var models = new ComparedModels(_environment, build, _paths, report);
        await models.PublishAsync(model, _selection.TrainingJobs, _selection.OtherModels, cancellation);
        var deployment = await _environment.BeginDeploymentAsync(releases, build, [], report, cancellation);
        var deployed = await deployment.RunAsync(retry: true, cancellation);

        await using var load = new LoadClient(Program, _environment.Time);
        var subject = await models.ReadAsync(model.Name, _selection.TrainingJobs, kind: null, cancellation);
        var suite = await SuiteAsync(deployed.Live, load, cancellation);
        var comparisons = new List<Comparison>();
        foreach (var kind in new[] { ComparisonNames.Tensor }.Concat(_selection.OtherModels))
        {
            var compared = kind == ComparisonNames.Tensor ? subject : await models.ReadAsync(kind, cancellation);
            foreach (var rows in _selection.RowsOf(kind))
                comparisons.Add(await report.StepAsync(
                    $"Compare {BenchmarkSuite.NameOf(compared, rows).ToLowerInvariant()}", step => suite.InferAsync(compared, rows, step, cancellation)));
        }

        if (_selection.Includes(ComparisonNames.Record))
            comparisons.Add(await report.StepAsync("Compare one raw record per request", step => suite.InvocationsAsync(subject, step, cancellation)));
        if (_selection.Includes(ComparisonNames.Gateway))
            comparisons.Add(await report.StepAsync("Compare the gateway", step => suite.GatewayAsync(subject, step, cancellation)));
        if (_selection.Includes(ComparisonNames.Observation))
            comparisons.Add(await report.StepAsync("Compare what observing costs", async step => await suite.ObservationAsync(
                subject, await ObservedAsync(releases, model, deployed.Live, cancellation), ObservedServers.Collector(Program, Path.Combine(_environment.Folders.Work, "collector-responses")), step, cancellation)));
        var swaps = !_selection.Includes(ComparisonNames.Swap) ? null : await report.StepAsync("Swap versions under load", step => new SwapBenchmark(_environment, load, plan).RunAsync(
            new(deployed.Url), model.Name, BenchmarkSuite.Infer(subject, rows: 1), _selection.TrainingJobs, step, cancellation));
        return (comparisons, swaps);
    }

    private async Task<BenchmarkSuite> SuiteAsync(Color live, ILoad load, CancellationToken cancellation)
    {
        var server = _environment.Fleet.Running(live.Word())!;
        var heartbeat = await _environment.Heartbeats.FindAsync(server.Replica!, cancellation);
        return new(
            place.Host, new(Program, _paths.Peers), load, plan,
            new("Slipway server", new(heartbeat!.Address), server), new("Slipway gateway", new(_environment.Gateway.Url!), _environment.Gateway));
    }

    private async Task<ObservedServers> ObservedAsync(ReleaseSet releases, ModelFolder model, Color live, CancellationToken cancellation)
    {
        var (models, store) = (new ModelStore(_environment, model.Name, live), Path.Combine(_environment.Folders.Work, "observed-store"));
        await models.CopyAsync(store, cancellation);
        return new(releases.Inference.Assembly("Slipway.Inference"), models, store);
    }
}
