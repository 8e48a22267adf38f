using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Inference.Bakes;

/// <summary>What the answers of a baking generation say about it. Pure.</summary>
/// <remarks>
/// <para>
/// Each test is an e-process (<see cref="AbsoluteRateTest"/>), valid at every look: a generation that stays within a bound ever fails it with a probability of at most
/// <see cref="Alpha"/> for all three together. Nobody draws which generation gets a request, so that time confounds: the requests of this minute may differ from
/// those of the last, and the machine may be busier. Slow and shifted answers are therefore only a doubt, which <see cref="ComparisonPolicy"/> settles by running
/// the same requests through both generations; a run that failed is counted only if the generation before answers the same request.
/// </para>
/// </remarks>
public static class BakePolicy
{
    public const double Alpha = 0.001;

    /// <summary>Which share of runs may be slow.</summary>
    public const double MaxSlowRate = 0.5;

    /// <summary>Fewer answers raise no doubt.</summary>
    public const int MinAnswers = 20;

    /// <summary>Fewer runs that took too long say nothing about the generation.</summary>
    public const int MinFailures = 3;

    private const int Tests = 3;

    public static BakeVerdict OnFailure(long failures, long answers, BakeBaseline before) =>
        failures >= MinFailures && Exceeds(failures, answers + failures, before.MaxFailureRate, Tests) ? BakeVerdict.PutBack : BakeVerdict.Continue;

    public static BakeVerdict OnSlow(long slow, long answers) =>
        answers >= MinAnswers && Exceeds(slow, answers, MaxSlowRate, Tests) ? BakeVerdict.Compare : BakeVerdict.Continue;

    /// <param name="count">The answers in the bin of the last one.</param>
    public static BakeVerdict OnBin(int bin, long count, long answers, BakeBaseline before) =>
        answers >= MinAnswers && before.MaxShares is { } shares && Exceeds(count, answers, shares[bin], Tests * shares.Count) ? BakeVerdict.Compare : BakeVerdict.Continue;

    private static bool Exceeds(long bad, long all, double maxRate, int tests) =>
        // below the bound, nothing speaks against it, which is what nearly every answer finds
        bad > all * maxRate && AbsoluteRateTest.LnFail(bad, all, maxRate) >= Math.Log(tests / Alpha);
}

public enum BakeVerdict
{
    Continue,

    /// <summary>It is doubtful: recent requests have to be run through both generations.</summary>
    Compare,

    /// <summary>It does worse than the generation before.</summary>
    PutBack,
}
