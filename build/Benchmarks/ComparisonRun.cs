using Slipway.Build.Benchmarks.Contestants;
using Slipway.Build.Benchmarks.Figures;
using Slipway.Build.Benchmarks.Load;
using Slipway.Build.Benchmarks.Machine;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Benchmarks;

/// <summary>Lets contestants answer the same question in turn, round after round.</summary>
public sealed class ComparisonRun(ILoad load, BenchmarkPlan plan)
{
    // ends a window that something is wrong with
    private const long MostRequests = 10_000_000;

    /// <param name="contestants">The first is the subject; it is there.</param>
    /// <exception cref="SlipwayException">A contestant left a request without its answer: there are no figures then.</exception>
    public async Task<Comparison> RunAsync(string name, Question question, IReadOnlyList<Contestant> contestants, IProgressStep step, CancellationToken cancellation)
    {
        var running = contestants.OfType<RunningContestant>().ToList();
        var rounds = running.ToDictionary(contestant => contestant, _ => new List<Round>());
        foreach (var contestant in running)
            await AskAsync(contestant, question, plan.WarmUp, plan.Settle, cancellation);
        for (var round = 1; round <= plan.Rounds; round++)
        {
            step.Now($"round {round} of {plan.Rounds}");
            // there and back again: what changes slowly falls on all alike
            foreach (var contestant in round % 2 == 1 ? running : running.AsEnumerable().Reverse())
                rounds[contestant].Add(Round.Of(await AskAsync(contestant, question, plan.Settle, plan.Window, cancellation)));
        }

        var subject = Measure((RunningContestant)contestants[0], rounds);
        return new(name, $"POST {question.Path}", plan.Connections,
        [
            subject,
            .. contestants.Skip(1).Select(contestant => contestant switch
            {
                RunningContestant rival => Compared(Measure(rival, rounds), subject),
                MissingContestant missing => Measured.Missing(missing),
                _ => throw new ArgumentOutOfRangeException(nameof(contestants)),
            }),
        ]);
    }

    private async Task<LoadResult> AskAsync(RunningContestant contestant, Question question, TimeSpan warmUp, TimeSpan window, CancellationToken cancellation)
    {
        var result = await load.RunAsync(
            new(
                new(contestant.Url, question.Path), Question.ContentType, question.Body, plan.Connections, (int)warmUp.TotalMilliseconds,
                (int)window.TotalMilliseconds, MostRequests, ProcessTree.Of(contestant.Service.ProcessId)),
            cancellation);
        RequireAnswers(contestant.Name, question.Path, result);
        return result;
    }

    /// <exception cref="SlipwayException">A request has no answer, or a wrong one.</exception>
    public static void RequireAnswers(string who, string path, LoadResult result)
    {
        if (result.Failed > 0)
            throw new SlipwayException($"{who} did not answer {result.Failed} of {result.Failed + result.Requests} requests for {path}; the first: {result.Failure}. There are no figures of such a run.");
        if (result.Requests == 0)
            throw new SlipwayException($"{who} answered no request for {path} within {result.Seconds:0.0} s. There are no figures of such a run.");
    }

    private static Measured Measure(RunningContestant contestant, Dictionary<RunningContestant, List<Round>> rounds) => new(
        contestant.Name, rounds[contestant], ProcessTree.PeakBytes(ProcessTree.Of(contestant.Service.ProcessId)), HowToGet: null, Ratios: null);

    private static Measured Compared(Measured rival, Measured subject) => rival with { Ratios = Ratios.Of(subject, rival.Rounds, rival.PeakBytes) };
}
