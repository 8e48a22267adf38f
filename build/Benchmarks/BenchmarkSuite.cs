using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Build.Cli.Output;

namespace Slipway.Benchmarks;

/// <summary>Which contestants are compared. Each runs only while it is needed.</summary>
/// <param name="Onnx">The model's file, for peers.</param>
/// <param name="Output">The name of its output.</param>
public sealed record BenchmarkSuite(
    ContestantHost Host, Baselines Baselines, ComparisonRun Run, RunningContestant Server, RunningContestant Gateway, ContestantRequest Infer, ContestantRequest Invocations,
    string Onnx, string Output)
{
    public Task<Comparison> InferAsync(IProgressStep step, CancellationToken cancellation) =>
        AgainstFloorAsync("One encoded row per request", Infer, Baselines.Servers(Onnx, Output), step, cancellation);

    public Task<Comparison> InvocationsAsync(IProgressStep step, CancellationToken cancellation) =>
        AgainstFloorAsync("One raw record per request", Invocations, [], step, cancellation);

    public async Task<Comparison> GatewayAsync(IProgressStep step, CancellationToken cancellation) =>
        await CompareAsync("One encoded row per request, through a proxy", Infer, Gateway, [Server with { Name = "no proxy: Slipway server" }], Baselines.Proxies(Server.Url), step, cancellation);

    private async Task<Comparison> AgainstFloorAsync(
        string name, ContestantRequest request, IReadOnlyList<ContestantProgram> peers, IProgressStep step, CancellationToken cancellation)
    {
        var answers = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Onnx)!, "answers")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(answers, request.ResponseFile), await Host.SendAsync(Server.Url, request, cancellation), cancellation);
        return await CompareAsync(name, request, Server, [], [Baselines.Floor(answers), .. peers], step, cancellation);
    }

    private async Task<Comparison> CompareAsync(
        string name, ContestantRequest request, RunningContestant subject, IEnumerable<Contestant> running, IReadOnlyList<ContestantProgram> programs, IProgressStep step,
        CancellationToken cancellation)
    {
        var rivals = running.ToList();
        try
        {
            foreach (var program in programs)
                rivals.Add(await Host.StartAsync(program, request, cancellation));
            return await Run.RunAsync(name, request, [subject, .. rivals], step, cancellation);
        }
        finally
        {
            await Host.StopAsync(programs.Select(program => program.Service));
        }
    }
}
