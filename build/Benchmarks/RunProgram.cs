using Slipway.Benchmarks.Reports;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Registry;

namespace Slipway.Benchmarks;

/// <summary>Runs all measurements, shows them and writes the result files. It stops at a signal, or when its input ends.</summary>
public static class RunProgram
{
    /// <param name="input">The process that started this one holds the other end.</param>
    /// <returns>The exit code; the reason for a failure is printed to the error output.</returns>
    public static async Task<int> RunAsync(BenchmarkRequest request, Stream input)
    {
        // unchanged: the target that reads it quotes it for the runner
        var errors = Console.Error;
        using var output = new JobOutput();
        return await RunAsync(token => MeasureAsync(request, ProgressReports.ForThisConsole(new()), token), input, errors);
    }

    /// <param name="work">Ends early when its token is cancelled.</param>
    /// <inheritdoc cref="RunAsync(BenchmarkRequest, Stream)"/>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> work, Stream input, TextWriter errors)
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
                OperationCanceledException when either.IsCancellationRequested => "Stopped before the end of the measurement: there are no results.",
                _ => e.ToString(),
            });
            return ExitCodes.Failed;
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
