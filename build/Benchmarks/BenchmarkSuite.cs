using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Load;
using Slipway.Build.Cli.Output;

namespace Slipway.Benchmarks;

/// <summary>Which contestants are compared. Each runs only while it is needed.</summary>
/// <param name="Onnx">The model's file, for peers.</param>
/// <param name="Infer">Encoded rows, of the number given.</param>
/// <param name="Output">The name of its output.</param>
/// <param name="Features">The number of its features.</param>
public sealed record BenchmarkSuite(
    ContestantHost Host, Baselines Baselines, ILoad Load, BenchmarkPlan Plan, RunningContestant Server, RunningContestant Gateway, Func<int, ContestantRequest> Infer,
    ContestantRequest Invocations, string Onnx, string Output, int Features)
{
    public Task<Comparison> InferAsync(int rows, IProgressStep step, CancellationToken cancellation) =>
        AgainstFloorAsync(NameOf(rows), Infer(rows), Plan.For(rows), Baselines.Servers(Onnx, Output, Features), step, cancellation);

    public Task<Comparison> InvocationsAsync(IProgressStep step, CancellationToken cancellation) =>
        AgainstFloorAsync("One raw record per request", Invocations, Plan with { Rates = [] }, [], step, cancellation);

    public async Task<Comparison> GatewayAsync(IProgressStep step, CancellationToken cancellation) =>
        await CompareAsync(
            "One encoded row per request, through a proxy", Infer(1), Plan, Gateway, [Server with { Name = "no proxy: Slipway server" }], Baselines.Proxies(Server.Url), step, cancellation);

    public static string NameOf(int rows) => rows == 1 ? "One encoded row per request" : FormattableString.Invariant($"{rows:#,0} encoded rows per request");

    private async Task<Comparison> AgainstFloorAsync(
        string name, ContestantRequest request, BenchmarkPlan plan, IReadOnlyList<ContestantProgram> peers, IProgressStep step, CancellationToken cancellation)
    {
        var answers = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Onnx)!, "answers")).FullName;
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
