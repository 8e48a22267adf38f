using Slipway.Benchmarks.Reports;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Registry;

namespace Slipway.Benchmarks;

/// <summary>Runs all measurements, shows them and writes the result files. It stops at a signal, or when its input ends. The soak runs in the same way.</summary>
public static class RunProgram
{
    /// <param name="input">The process that started this one holds the other end.</param>
    /// <returns>The exit code; the reason for a failure is printed to the error output.</returns>
    public static Task<int> RunAsync(BenchmarkRequest request, Stream input) => RunAsync((report, token) => MeasureAsync(request, report, token), "the measurement", input);

    /// <param name="what">What is stopped, in the message about it.</param>
    /// <inheritdoc cref="RunAsync(BenchmarkRequest, Stream)"/>
    public static async Task<int> RunAsync(Func<IProgressReport, CancellationToken, Task> work, string what, Stream input)
    {
        // unchanged: the target that reads it quotes it for the runner
        var errors = Console.Error;
        using var output = new JobOutput();
        return await RunAsync(token => work(ProgressReports.ForThisConsole(new()), token), input, errors, what);
    }

    /// <param name="work">Ends early when its token is cancelled.</param>
    /// <inheritdoc cref="RunAsync(BenchmarkRequest, Stream)"/>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> work, Stream input, TextWriter errors, string what = "the measurement")
    {
        using var stop = new StopSignal();
        using var ended = new InputEnd(input);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, ended.Token);
        try
        {
            await work(either.Token);
            return ExitCodes.Done;
        }
        catch (Exception e)
        {
            await errors.WriteLineAsync(e switch
            {
                SlipwayException => e.Message,
                OperationCanceledException when either.IsCancellationRequested => $"Stopped before the end of {what}: there are no results.",
                _ => e.ToString(),
            });
            return ExitCodes.Of(e);
        }
    }

    private static async Task MeasureAsync(BenchmarkRequest request, IProgressReport report, CancellationToken cancellation)
    {
        var plan = request.Quick ? BenchmarkPlan.Quick : BenchmarkPlan.Full;
        await using var place = await BenchmarkPlace.OpenAsync(request, TimeProvider.System);
        var findings = await new BenchmarkRun(request, place, plan, report).RunAsync(cancellation);
        BenchmarkFiles.Write(new(new Paths(request.Root, request.Root).Benchmarks), findings);
        report.ShowBenchmark(findings);
    }
}
