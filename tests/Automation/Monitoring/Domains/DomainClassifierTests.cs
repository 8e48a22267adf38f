using System.Globalization;
using Slipway.Automation.Monitoring.Domains;
using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Automation.Tests.Monitoring.Domains;

/// <summary>
/// What a classifier tells apart, and how often it is wrong. The long form, whose figures are in docs/monitoring.md:
/// <c>dotnet test tests/Automation/Automation.Tests.csproj -c Release --filter DomainClassifierTests -- 'TestRunParameters.Parameter(name="nights", value="2000")'</c>.
/// </summary>
public sealed class DomainClassifierTests
{
    private static readonly DomainQuestion Question = new("pumps", 1, default, default, 0);

    /// <summary>Of 3 x 2 pairs, 4 are in order and 1 is equal.</summary>
    [Test]
    public void AucCountsPairs() => Assert.That(DomainClassifier.Auc([0.1, 0.4, 0.4, 0.9, 0.2], [0, 0, 1, 0, 1]), Is.EqualTo((1 + 0 + 1 + 0.5 + 0 + 0) / 6.0).Within(1e-12));

    /// <summary>Each column alone is as it was; only together they show it.</summary>
    [Test]
    public void SeesColumnsThatChangeTogether()
    {
        var verdict = Verdict(Samples(seed: 3, rows: 600, correlation: 0.8));

        Assert.That((verdict.State, verdict.Columns.Select(column => column.Name).Order()), Is.EqualTo((DomainState.Different, new[] { "age", "torque" })));
        Assert.That(verdict.Auc, Is.GreaterThan(0.6));
    }

    [Test]
    public void SeesACategoryThatBecameFrequent()
    {
        var verdict = Verdict(Samples(seed: 4, rows: 600, common: 0.8));

        Assert.That(verdict.Columns.Select(column => column.Name), Is.EqualTo(new[] { "kind" }), verdict.Sentence);
    }

    [Test]
    public void SameSamplesGiveTheSameScore()
    {
        var (first, second) = (Score(Samples(5, 200)), Score(Samples(5, 200)));

        Assert.That(second.Folds, Is.EqualTo(first.Folds));
        Assert.That(second.Columns, Is.EqualTo(first.Columns));
    }

    [Test]
    public void ConstantColumnsAreChance()
    {
        float[] rows = [.. Enumerable.Repeat(1f, 200)];

        Assert.That(Score(new([new("torque", 1)], rows, rows, 1)).Folds.Select(fold => fold.Auc), Is.All.EqualTo(0.5));
    }

    [Test]
    public void AlikeNightsRarelyAlarmAndTheirAucsHaveTheDeviationOfChance()
    {
        var nights = TestContext.Parameters.Get("nights", 20);
        var (alarms, squares, sum, beyond) = (0, 0.0, 0.0, 0);
        for (var night = 0; night < nights; night++)
        {
            var score = Score(Samples(seed: 100 + night, rows: night % 2 == 0 ? 200 : 400));
            var z = (score.Folds.Average(fold => fold.Auc) - 0.5) / DomainPolicy.Deviation(score.Folds);
            (sum, squares, beyond) = (sum + z, squares + z * z, beyond + (z > 1.645 ? 1 : 0));
            alarms += DomainPolicy.Judge(Question, score).State == DomainState.Different ? 1 : 0;
        }

        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{nights} nights: {alarms} alarms, mean of z {sum / nights:0.000}, of its square {squares / nights:0.000}, beyond 5 %: {beyond / (double)nights:0.0000}"));
        Assert.That(alarms, Is.LessThanOrEqualTo(nights / 100 + 1));
        Assert.That(squares / nights, Is.LessThan(nights < 100 ? 2.5 : 1.25), "the mean of the folds varies no more than their bound takes it to");
        Assert.That(beyond, Is.LessThanOrEqualTo(nights * 0.05 + 3 * Math.Sqrt(nights * 0.05)));
    }

    private static DomainScore Score(DomainSamples samples) => new DomainClassifier().Score(samples, CancellationToken.None);

    private static DomainVerdict Verdict(DomainSamples samples) => DomainPolicy.Judge(Question, Score(samples));

    /// <param name="correlation">Of the logged rows' torque and age.</param>
    /// <param name="common">How often logged rows have the first kind.</param>
    private static DomainSamples Samples(int seed, int rows, double correlation = 0, double common = 0.4)
    {
        var random = new Random(seed);
        return new([new("torque", 1), new("age", 1), new("kind", 2)], [.. Enumerable.Range(0, rows).SelectMany(_ => Row(0, 0.4))], [.. Enumerable.Range(0, rows).SelectMany(_ => Row(correlation, common))], seed);

        float[] Row(double together, double first)
        {
            var (torque, other, kind) = (Normal(random), Normal(random), random.NextDouble() < first);
            return [(float)torque, (float)(together * torque + Math.Sqrt(1 - together * together) * other), kind ? 1 : 0, kind ? 0 : 1];
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
