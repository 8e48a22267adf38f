using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Registry.Tests.Monitoring.Domains;

public sealed class DomainPolicyTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly DomainQuestion Question = new("pumps", 3, At.AddDays(-1), At, 9000);
    private static readonly DomainImportance[] Columns = [new("wear", 0.004), new("age", 0.02), new("torque", 0.11)];

    /// <summary>Of Mann and Whitney's U: (30 + 20 + 1) / (12 * 30 * 20) for a fold, the mean of four of these, and twice that because they depend on each other.</summary>
    [Test]
    public void DeviationIsThatOfRanks() =>
        Assert.That(DomainPolicy.Deviation(Folds(4, 30, 20, 0.5)), Is.EqualTo(Math.Sqrt(2 * 51.0 / 7200 / 4)).Within(1e-12));

    [TestCase(40, 0.58, DomainState.Alike, TestName = "SmallSampleNeedsALargerAuc")]
    [TestCase(1000, 0.58, DomainState.Different, TestName = "LargeSampleDoesNot")]
    [TestCase(1000, 0.54, DomainState.Alike, TestName = "WhatDoesNotMatterIsNoDifferenceHoweverCertainItIs")]
    public void BoundIsTheLargerOfWhatMattersAndOfChance(int rows, double auc, DomainState state)
    {
        var verdict = DomainPolicy.Judge(Question, new(Folds(5, rows, rows, auc), Columns));

        Assert.That((verdict.State, verdict.Training, verdict.Logged, verdict.Rows), Is.EqualTo((state, 5 * rows, 5 * rows, 9000L)));
        Assert.That(verdict.Bound, Is.EqualTo(Math.Max(0.55, 0.5 + 2.7771 * Math.Sqrt((2 * rows + 1.0) / (12.0 * rows * rows) / 5 * 2))).Within(1e-3), "2.7771 is exceeded once in 365.25");
        Assert.That(verdict.Alpha, Is.EqualTo(1 / 365.25).Within(1e-12));
    }

    [Test]
    public void NamesTheColumnsThatMatterMostImportantFirst()
    {
        var verdict = DomainPolicy.Judge(Question, new(Folds(5, 1000, 1000, 0.7), Columns));

        Assert.That(verdict.Columns.Select(column => column.Name), Is.EqualTo(new[] { "torque", "age" }));
        Assert.That(verdict.Sentence, Is.EqualTo("A classifier tells requests of the last day from the training data: its AUC is 0.700, and the bound is 0.550. It does so by 'torque', 'age'."));
        Assert.That(verdict.P, Is.LessThan(1e-9));
    }

    [Test]
    public void WorseThanChanceIsChance()
    {
        var verdict = DomainPolicy.Judge(Question, new(Folds(5, 100, 100, 0.47), Columns));

        Assert.That((verdict.State, verdict.Columns.Count), Is.EqualTo((DomainState.Alike, 0)));
        Assert.That(verdict.P, Is.EqualTo(0.877).Within(0.001));
    }

    [TestCase(199, 5000)]
    [TestCase(5000, 12)]
    public void FewRowsAreNotCompared(int training, int logged)
    {
        var verdict = DomainPolicy.TooFew(Question, training, logged)!;

        Assert.That((verdict.State, verdict.Auc), Is.EqualTo((DomainState.TooFew, (double?)null)));
        Assert.That(verdict.Sentence, Does.StartWith($"Too few rows to compare: {training} of the training data and {logged} of the log"));
        Assert.That(DomainPolicy.TooFew(Question, 200, 200), Is.Null);
    }

    private static DomainFold[] Folds(int count, int training, int logged, double auc) => [.. Enumerable.Repeat(new DomainFold(training, logged, auc), count)];
}
