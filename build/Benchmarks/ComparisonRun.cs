using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Load;
using Slipway.Benchmarks.Machine;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Benchmarks;

/// <summary>Sends the same request to the contestants in turn, round after round.</summary>
public sealed class ComparisonRun(ILoad load, BenchmarkPlan plan)
{
    // ends a window that would not end otherwise
    private const long MaxRequests = 10_000_000;

    /// <param name="contestants">The first is the subject and must be available.</param>
    /// <exception cref="SlipwayException">A contestant failed a request; the measurement is invalid.</exception>
    public async Task<Comparison> RunAsync(string name, ContestantRequest request, IReadOnlyList<Contestant> contestants, IProgressStep step, CancellationToken cancellation)
    {
        var running = contestants.OfType<RunningContestant>().ToList();
        var rounds = running.ToDictionary(contestant => contestant, _ => new List<Round>());
        foreach (var contestant in running)
            RequireNoFailure(contestant.Name, request.Path, await MeasureAsync(contestant, request, plan.WarmUp, plan.Settle, cancellation));
        for (var round = 1; round <= plan.Rounds; round++)
        {
            step.Now($"round {round} of {plan.Rounds}");
            // alternate the direction, so that slow changes of the machine affect all contestants equally
            foreach (var contestant in round % 2 == 1 ? running : running.AsEnumerable().Reverse())
            {
                var result = await MeasureAsync(contestant, request, plan.Settle, plan.Window, cancellation);
                RequireAnswers(contestant.Name, request.Path, result);
                rounds[contestant].Add(Round.Of(result));
            }
        }

        var first = (RunningContestant)contestants[0];
        if (TimerCheck.Refuse(rounds[first]) is { } reason)
            throw new SlipwayException($"{first.Name} has no valid figures for {request.Path}: {reason}");
        var rates = await AtRatesAsync(running, request, rounds, step, cancellation);
        var subject = Measure(first, rounds) with { Rates = rates[first] };
        return new(name, $"POST {request.Path}", plan.Connections,
        [
            subject,
            .. contestants.Skip(1).Select(contestant => contestant switch
            {
                RunningContestant rival when TimerCheck.Refuse(rounds[rival]) is { } refusal => Measured.Refused(rival.Name, refusal),
                RunningContestant rival => Compared(Measure(rival, rounds), subject) with { Rates = rates[rival] },
                MissingContestant missing => Measured.Missing(missing),
                _ => throw new ArgumentOutOfRangeException(nameof(contestants)),
            }),
        ]);
    }

    /// <summary>The same rates for all: what the subject has just shown it can do is what they are a share of.</summary>
    private async Task<Dictionary<RunningContestant, List<RateFigures>>> AtRatesAsync(
        List<RunningContestant> running, ContestantRequest request, Dictionary<RunningContestant, List<Round>> rounds, IProgressStep step, CancellationToken cancellation)
    {
        var capacities = running.ToDictionary(contestant => contestant, contestant => Spread.Of(rounds[contestant].Select(round => round.RequestsPerSecond)).Median);
        var rates = running.ToDictionary(contestant => contestant, _ => new List<RateFigures>());
        foreach (var percent in plan.Rates)
        {
            var rate = capacities[running[0]] * percent / 100;
            step.Now(FormattableString.Invariant($"{rate:0} requests per second, {percent}% of the capacity"));
            foreach (var contestant in running)
                rates[contestant].Add(new(percent, rate, RateFigures.CanServe(capacities[contestant], rate) ? await AtRateAsync(contestant, request, rate, cancellation) : null));
        }

        return rates;
    }

    private async Task<LatenciesAtRate> AtRateAsync(RunningContestant contestant, ContestantRequest request, double rate, CancellationToken cancellation)
    {
        var result = await MeasureAsync(contestant, request, plan.Settle, plan.RateWindow, cancellation, rate);
        RequireAnswers(contestant.Name, request.Path, result);
        return LatenciesAtRate.Of(result);
    }

    private Task<LoadResult> MeasureAsync(
        RunningContestant contestant, ContestantRequest request, TimeSpan warmUp, TimeSpan window, CancellationToken cancellation, double? rate = null) =>
        load.RunAsync(
            new(
                new(contestant.Url, request.Path), ContestantRequest.ContentType, request.Body, plan.Connections, (int)warmUp.TotalMilliseconds,
                (int)window.TotalMilliseconds, MaxRequests, ProcessTree.Of(contestant.Service.ProcessId), Rate: rate),
            cancellation);

    /// <exception cref="SlipwayException">A request failed or got a wrong response.</exception>
    public static void RequireAnswers(string who, string path, LoadResult result)
    {
        RequireNoFailure(who, path, result);
        if (result.Requests == 0)
            throw new SlipwayException(
                $"{who} completed no request for {path} within {result.Seconds:0.0} s. The measurement is invalid. Run it while the machine is less busy, or without --quick, which measures for longer.");
    }

    // a short window at the end of the warm-up may have no response on a busy machine: nothing is computed from it
    private static void RequireNoFailure(string who, string path, LoadResult result)
    {
        if (result.Failed > 0)
            throw new SlipwayException($"{who} failed {result.Failed} of {result.Failed + result.Requests} requests for {path}; the first: {result.Failure}. The measurement is invalid.");
    }

    private static Measured Measure(RunningContestant contestant, Dictionary<RunningContestant, List<Round>> rounds) => new(
        contestant.Name, rounds[contestant], ProcessTree.PeakBytes(ProcessTree.Of(contestant.Service.ProcessId)), InstallHint: null, Ratios: null);

    private static Measured Compared(Measured rival, Measured subject) => rival with { Ratios = Ratios.Of(subject, rival.Rounds, rival.PeakBytes) };
}
