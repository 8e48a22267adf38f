using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift;

public sealed class DriftPolicyTests
{
    private static readonly ColumnBaseline Torque = new("torque", ColumnKind.Numeric, [10, 20, 30, 40], [400, 400, 400, 400, 400], 0, 25, 14);
    private static readonly ColumnBaseline Type = new("type", ColumnKind.Categorical, null, [1200, 600, 200, 0], 0, null, null);
    private static readonly ColumnBaseline Probability = new("probability", ColumnKind.Numeric, [0.2f, 0.4f], [100, 200, 100], 0, 0.3, 0.1);
    private static readonly FeatureBaseline Baseline = new(2000, [Torque, Type], Probability);

    private static readonly ColumnCounts Torques = new("torque", [200, 200, 200, 200, 200], 0, 0, 0, 1, 49, 2);
    private static readonly ColumnCounts Types = new("type", [600, 300, 100, 0], 0, 0, 0, null, null, null);
    private static readonly ColumnCounts Probabilities = new("probability", [250, 500, 250], 0, 0, 0, null, null, null);

    [Test]
    public void WindowLikeTheTrainingDataIsStable()
    {
        var verdict = Evaluate(Torques, Types);

        Assert.That((verdict.State, verdict.Ratio, verdict.Drifted, verdict.IsAlarm), Is.EqualTo((DriftState.Stable, 0.0, 0, false)));
        Assert.That(verdict.Features.Select(feature => feature.Name), Is.EqualTo(new[] { "torque", "type" }));
        Assert.That(verdict.Output!.Values, Is.EqualTo(1000));
        Assert.That(verdict.Checks, Is.Empty);
        Assert.That(verdict.Sentence, Is.EqualTo("The inputs and predictions of 1000 rows are like the training data."));
    }

    [Test]
    public void FindsTheFeatureThatDrifted()
    {
        var verdict = Evaluate(Torques with { Counts = [120, 150, 200, 250, 280] }, Types);

        Assert.That((verdict.State, verdict.Drifted), Is.EqualTo((DriftState.Drifted, 1)));
        Assert.That(verdict.Features[0].Drifted && !verdict.Features[1].Drifted && !verdict.Output!.Drifted);
        Assert.That(verdict.Ratio, Is.EqualTo(verdict.Features[0].Ratio).And.GreaterThan(1));
        Assert.That(verdict.Sentence, Does.StartWith("'torque' (").And.EndWith(" times its bound) has drifted from the training data."));
    }

    [Test]
    public void FindsCategoriesAndOutputsThatDrifted()
    {
        Assert.That(Evaluate(Torques, Types with { Counts = [450, 350, 200, 0] }).Features[1].Drifted);
        Assert.That(Evaluate(Torques, Types, Probabilities with { Counts = [150, 450, 400] }).Output!.Drifted);
    }

    /// <summary>The output has no deviation here, and the old archive no output.</summary>
    [Test]
    public void ComparesWhatThereIs()
    {
        var verdict = DriftPolicy.Evaluate(Baseline with { Output = null }, Window(Torques, Types, null));

        Assert.That((verdict.State, verdict.Output), Is.EqualTo((DriftState.Stable, (FeatureDrift?)null)));
    }

    [Test]
    public void SmallEffectIsNoDriftHoweverCertain()
    {
        var verdict = Evaluate(Torques with { Counts = [200_000, 200_000, 200_000, 202_000, 198_000] }, Types);
        var large = DriftPolicy.Evaluate(
            Baseline with { Columns = [Torque with { Counts = [400_000_000, 400_000_000, 400_000_000, 400_000_000, 400_000_000] }, Type] },
            Window(Torques with { Counts = [200_000_000, 200_000_000, 200_000_000, 202_000_000, 198_000_000] }, Types, Probabilities));

        Assert.That(large.Features[0].P, Is.LessThan(1e-12));
        Assert.That((verdict.Features[0].Drifted, large.Features[0].Drifted), Is.EqualTo((false, false)));
    }

    /// <summary>The bounds of PSI are those of the chi-square distribution, or the effect that matters.</summary>
    [TestCase(100)]
    [TestCase(1000)]
    [TestCase(1_000_000)]
    public void BoundIsTheLargerOfChanceAndEffect(int rows)
    {
        long each = rows / 5;
        var verdict = Evaluate(Torques with { Counts = [each, each, each, each, each] }, Types);
        var psi = verdict.Features[0].Distances.Single(distance => distance.Statistic == DriftStatistic.Psi);
        var groups = BinGroups.OfNumbers(Torque.Counts, rows).Max() + 1;
        var alpha = DriftPolicy.AlphaOf(TimeSpan.FromHours(1)) / 2 / 3 / 4 / 4;

        Assert.That(psi.Bound, Is.EqualTo(Math.Max(0.02, ChiSquare.InverseSurvival(alpha, groups - 1) * (1.0 / rows + 1 / 2000.0))).Within(1e-9));
    }

    [Test]
    public void TooFewRowsHaveNoDistance()
    {
        var verdict = Evaluate(Torques with { Counts = [49, 0, 0, 0, 0] }, Types with { Counts = [10, 0, 0, 0] }, Probabilities with { Counts = [0, 0, 9] });

        Assert.That((verdict.State, verdict.Features.Count, verdict.IsAlarm), Is.EqualTo((DriftState.TooFew, 0, false)));
    }

    [TestCase(DataCheck.Missing)]
    [TestCase(DataCheck.OutOfRange)]
    [TestCase(DataCheck.TypeFailure)]
    [TestCase(DataCheck.NewCategory)]
    [TestCase(DataCheck.Constant)]
    public void FindsWhatBroke(DataCheck check)
    {
        var verdict = check switch
        {
            DataCheck.Missing => Evaluate(Torques with { Missing = 200 }, Types),
            DataCheck.OutOfRange => Evaluate(Torques with { OutOfRange = 60 }, Types),
            DataCheck.TypeFailure => Evaluate(Torques with { TypeFailures = 60 }, Types),
            DataCheck.NewCategory => Evaluate(Torques, Types with { Counts = [580, 290, 95, 35] }),
            _ => Evaluate(Torques with { Counts = [0, 1000, 0, 0, 0], Minimum = 15, Maximum = 15 }, Types),
        };

        var problem = verdict.Problems.Single();
        Assert.That(problem.Check, Is.EqualTo(check));
        Assert.That(verdict.IsAlarm);
        Assert.That(verdict.Sentence, Does.Contain("Data problems: ").Or.Contain("1000"));
        Assert.That(problem.Count, Is.Positive);
    }

    /// <summary>What single rows have, or what the training data lets expect.</summary>
    [Test]
    public void RareValuesAreCountedAndAreNoProblem()
    {
        var verdict = Evaluate(
            Torques with { Missing = 3, OutOfRange = 2, TypeFailures = 1 }, Types with { Counts = [600, 299, 100, 1] });
        var training = Baseline with { Columns = [Torque with { Missing = 500 }, Type] };
        var expected = DriftPolicy.Evaluate(training, Window(Torques with { Missing = 220 }, Types, Probabilities));

        Assert.That(verdict.Checks.Select(check => (check.Check, check.Count)), Is.EqualTo(new[]
        {
            (DataCheck.Missing, 3L), (DataCheck.TypeFailure, 1L), (DataCheck.OutOfRange, 2L), (DataCheck.NewCategory, 1L),
        }));
        Assert.That(verdict.Problems.Concat(expected.Problems), Is.Empty);
        Assert.That(expected.Checks.Single().Expected, Is.EqualTo(0.2));
    }

    [Test]
    public void FeatureThatIsAllMissingIsAProblemAndNoDistance()
    {
        var verdict = Evaluate(Torques with { Counts = [0, 0, 0, 0, 0], Missing = 1000, Minimum = null, Maximum = null }, Types);

        Assert.That(verdict.State, Is.EqualTo(DriftState.Problems));
        Assert.That(verdict.Features.Select(feature => feature.Name), Is.EqualTo(new[] { "type" }));
        Assert.That(verdict.Problems.Single(), Is.EqualTo(new DataCheckResult("torque", DataCheck.Missing, 1000, 1, 0, true)));
    }

    /// <summary>One bin, or nearly one: a flag that is hardly ever set.</summary>
    [Test]
    public void ColumnThatWasConstantInTrainingDoesNotAlarm()
    {
        var constant = new ColumnBaseline("torque", ColumnKind.Numeric, [7], [2000, 0], 0, 7, 0);
        var flag = new ColumnBaseline("torque", ColumnKind.Numeric, [0, 1], [1998, 2, 0], 0, 0.001, 0.03);

        foreach (var column in new[] { constant, flag })
        {
            var counts = Torques with { Counts = [.. column.Counts.Select((_, bin) => bin == 0 ? 1000L : 0)], Minimum = 0, Maximum = 0, ImputedBin = 0 };
            var verdict = DriftPolicy.Evaluate(Baseline with { Columns = [column, Type] }, Window(counts, Types, Probabilities));
            Assert.That(verdict.State, Is.EqualTo(DriftState.Stable), verdict.Sentence);
        }
    }

    /// <summary>A missing number of an encoded row is its imputed value, whose bin is fuller for it.</summary>
    [Test]
    public void ExpectsImputedValuesInEncodedRows()
    {
        var training = Baseline with { Columns = [Torque with { Missing = 1000 }, Type] };
        var encoded = Torques with { Counts = [200, 200, 700, 200, 200] };

        Assert.That(DriftPolicy.Evaluate(training, Window(encoded, Types, Probabilities) with { EncodedRows = 1000 }).Features[0].Drifted, Is.False);
        Assert.That(DriftPolicy.Evaluate(training, Window(encoded, Types, Probabilities)).Features[0].Drifted, Is.True);
    }

    [Test]
    public void CountsOfOtherBinsAreNotCompared()
    {
        foreach (var counts in new[] { Torques with { Counts = [1, 2] }, Torques with { Name = "speed" }, Torques with { ImputedBin = 9 } })
            Assert.That(Evaluate(counts, Types).State, Is.EqualTo(DriftState.NoBaseline));
        Assert.That(DriftPolicy.Evaluate(new(0, []), Window(Torques, Types, null)).State, Is.EqualTo(DriftState.NoBaseline));
    }

    [Test]
    public void AlarmsAtMostOnceAYearByChance()
    {
        Assert.That(DriftPolicy.AlphaOf(TimeSpan.FromHours(1)) * 24 * 365.25, Is.EqualTo(1).Within(1e-12));
        Assert.That(DriftPolicy.AlphaOf(TimeSpan.FromDays(1)) * 365.25, Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void AddsTheCountsOfServers()
    {
        var one = Window(Torques, Types, Probabilities);
        var other = Window(Torques with { Minimum = -3, Maximum = 40, Missing = 2, TypeFailures = 1 }, Types, Probabilities) with { Replicas = ["green-1"] };
        var sum = one.Add(other);

        Assert.That((sum.Rows, string.Join(' ', sum.Replicas)), Is.EqualTo((2000L, "blue-1 green-1")));
        Assert.That(sum.Columns[0].Counts, Is.EqualTo(new[] { 400, 400, 400, 400, 400 }));
        Assert.That((sum.Columns[0].Minimum, sum.Columns[0].Maximum, sum.Columns[0].Missing, sum.Columns[0].TypeFailures), Is.EqualTo((-3f, 49f, 2L, 1L)));
        Assert.That(sum.Output!.Counts, Is.EqualTo(new[] { 500, 1000, 500 }));
        Assert.That(() => one.Add(other with { OnnxSha256 = "0b" }), Throws.TypeOf<SlipwayException>());
    }

    [Test]
    public void GroupsOfBinsAreLargeEnoughAndNotTooMany([Values(50, 100, 300, 2000, 1_000_000)] long values, [Values(10, 64)] int bins)
    {
        long[] baseline = [.. Enumerable.Repeat(6400L / bins, bins)];
        var groups = BinGroups.OfNumbers(baseline, values);
        var sums = BinGroups.Sum([.. baseline.Select(count => (double)count)], groups);

        Assert.That(groups, Is.Ordered);
        Assert.That(sums, Has.Length.LessThanOrEqualTo(BinGroups.MaxOfNumbers + 1).And.Length.GreaterThanOrEqualTo(2));
        Assert.That(sums, Has.All.GreaterThanOrEqualTo(0.97 * BinGroups.MinExpected * 6400 / Math.Min(values, 6400)));
    }

    private static DriftVerdict Evaluate(ColumnCounts torques, ColumnCounts types, ColumnCounts? output = null) =>
        DriftPolicy.Evaluate(Baseline, Window(torques, types, output ?? Probabilities));

    private static DriftWindow Window(ColumnCounts torques, ColumnCounts types, ColumnCounts? output) => new(
        "pumps", 3, "0a", SampleDrift.At, TimeSpan.FromHours(1), ["blue-1"], 1000, 0, [torques, types], output, SampleDrift.At);
}
