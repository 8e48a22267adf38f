using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Load;
using Slipway.Benchmarks.Models;
using Slipway.Build.Cli.Output;

namespace Slipway.Benchmarks;

/// <summary>Which contestants are compared. Each runs only while it is needed.</summary>
public sealed record BenchmarkSuite(ContestantHost Host, Baselines Baselines, ILoad Load, BenchmarkPlan Plan, RunningContestant Server, RunningContestant Gateway)
{
    /// <summary>Encoded rows. Only the model that the benchmark is about is compared with peers that have a model of their own, and at fixed rates.</summary>
    public Task<Comparison> InferAsync(ComparedModel model, int rows, IProgressStep step, CancellationToken cancellation)
    {
        var (output, plan) = (model.Schema.Output.Name, Plan.For(rows));
        return AgainstFloorAsync(
            NameOf(model, rows), Infer(model, rows), model, model.Kind is null ? plan : plan with { Rates = [] },
            model.Kind is null ? Baselines.Servers(model.Onnx, output, model.Golden.Inputs[0].Count) : Baselines.OnnxServers(model.Onnx, output), step, cancellation);
    }

    public Task<Comparison> InvocationsAsync(ComparedModel model, IProgressStep step, CancellationToken cancellation) =>
        AgainstFloorAsync("One raw record per request", ContestantRequest.Invocations(model.Schema, model.Golden), model, Plan with { Rates = [] }, [], step, cancellation);

    public async Task<Comparison> GatewayAsync(ComparedModel model, IProgressStep step, CancellationToken cancellation) =>
        await CompareAsync(
            "One encoded row per request, through a proxy", Infer(model, 1), Plan, Gateway, [Server with { Name = "no proxy: Slipway server" }], Baselines.Proxies(Server.Url), step, cancellation);

    /// <summary>The same server as it is deployed, with less, and with more that observes it.</summary>
    public async Task<Comparison> ObservationAsync(ComparedModel model, ObservedServers servers, ContestantProgram collector, IProgressStep step, CancellationToken cancellation)
    {
        var request = Infer(model, 1);
        try
        {
            var telemetry = (RunningContestant)await Host.StartAsync(collector, new("/v1/traces", "{}"), cancellation);
            var subject = (RunningContestant)await Host.StartAsync(servers.AsDeployed, request, cancellation);
            return await CompareAsync(
                "One encoded row per request, with and without what observes the server", request, Plan with { Rates = [] }, subject, [],
                [servers.Nothing, servers.Counts, servers.WithTelemetry(telemetry.Url)], step, cancellation);
        }
        finally
        {
            await Host.StopAsync([collector.Service, servers.AsDeployed.Service]);
        }
    }

    public static ContestantRequest Infer(ComparedModel model, int rows) => ContestantRequest.Infer(model.Name, model.Golden, rows);

    public static string NameOf(ComparedModel model, int rows) =>
        (rows == 1 ? "One encoded row per request" : FormattableString.Invariant($"{rows:#,0} encoded rows per request")) + (model.Kind is { } kind ? $", {kind}" : "");

    private async Task<Comparison> AgainstFloorAsync(
        string name, ContestantRequest request, ComparedModel model, BenchmarkPlan plan, IReadOnlyList<ContestantProgram> peers, IProgressStep step, CancellationToken cancellation)
    {
        var answers = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(model.Onnx)!, "answers")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(answers, request.ResponseFile), await Host.SendAsync(Server.Url, request, cancellation), cancellation);
        return await CompareAsync(name, request, plan, Server, [], [Baselines.Floor(answers), .. peers], step, cancellation);
    }

    private async Task<Comparison> CompareAsync(
        string name, ContestantRequest request, BenchmarkPlan plan, RunningContestant subject, IEnumerable<Contestant> running, IReadOnlyList<ContestantProgram> programs, IProgressStep step,
        CancellationToken cancellation)
    {
        var rivals = running.ToList();
        try
        {
            foreach (var program in programs)
                rivals.Add(await Host.StartAsync(program, request, cancellation));
            return await new ComparisonRun(Load, plan).RunAsync(name, request, [subject, .. rivals], step, cancellation);
        }
        finally
        {
            await Host.StopAsync(programs.Select(program => program.Service));
        }
    }
}
