using System.Globalization;

namespace Slipway.Tests;

/// <summary>
/// Many trials of one promise under a fault, each with random numbers of its own, which are the same in every run. All failures are counted: one of a thousand is another
/// mistake than one of two. The same trials without the defense have to fail, or they show nothing.
/// </summary>
internal static class Trials
{
    /// <param name="trial">Returns what is wrong; null if the promise was kept.</param>
    public static async Task<TrialResult> RunAsync(int seed, int count, Func<Random, Task<string?>> trial)
    {
        var failures = new List<string>();
        for (var number = 0; number < count; number++)
            if (await trial(new(seed + number)) is { } problem)
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"seed {seed + number}: {problem}"));
        return new(count, failures);
    }

    /// <inheritdoc cref="RunAsync"/>
    public static TrialResult Run(int seed, int count, Func<Random, string?> trial) => RunAsync(seed, count, random => Task.FromResult(trial(random))).GetAwaiter().GetResult();
}

/// <param name="Failures">Each with the seed that repeats it.</param>
internal sealed record TrialResult(int Count, IReadOnlyList<string> Failures)
{
    public void ShouldHold()
    {
        Assert.That(Count, Is.Positive);
        Assert.That(Failures, Is.Empty, $"{Failures.Count} of {Count} trials failed");
    }

    /// <summary>For the control: without the defense, the same trials find something.</summary>
    public void ShouldFail() => Assert.That(Failures, Is.Not.Empty, $"none of {Count} trials without the defense failed, so that those with it show nothing");
}
