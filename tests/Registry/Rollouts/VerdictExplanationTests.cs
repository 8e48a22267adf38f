using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Registry.Rollouts;
using static Slipway.Registry.Tests.Rollouts.SampleRollouts;

namespace Slipway.Registry.Tests.Rollouts;

/// <summary>What the three lines say is computed here from the lines alone, as a reader with a calculator would.</summary>
public sealed partial class VerdictExplanationTests
{
    private static readonly RolloutBounds Bounds = new(SlowMilliseconds: 250);

    private static readonly TestCaseData[] Ratios =
    [
        Case("a burst", Counts(10, 5, 5, 45), Bounds, "the candidate fails"),
        Case("few errors", Counts(10, 40, 3, 360, 1), Bounds, "it does not fail"),
        Case("two shares", Counts(5, 20, 3, 380, 1).Plus(Counts(25, 30, 4, 90, 5)), Bounds, "it does not fail"),
        Case("a tolerance", Counts(10, 60, 30, 540, 70), Bounds with { Tolerance = 1.2 }, "the candidate fails"),
        Case("three checks", new RolloutCounts([new(10, new(Errors: 4, NotFinite: 4, Slow: 4), new(Answered: 100))]), Bounds, "the candidate fails"),
        // passes by the ratio alone, with more bad ones than the rate allows
        Case("a pass", Counts(50, 4000, 180, 4000, 220), Bounds, "the check passes"),
    ];

    [TestCaseSource(nameof(Ratios))]
    public void OfARatioCanBeCheckedWithACalculator(RolloutCounts counts, RolloutBounds bounds, string end)
    {
        var verdict = VerdictPolicy.Judge(counts, ProbeCounts.None, bounds, minRequests: 100, useProbes: false);

        var lines = VerdictExplanation.Lines(verdict, bounds);

        Assert.That(lines, Has.Count.EqualTo(3));
        CheckRatio(lines, checks: end == "the check passes" ? 1 : 3);
        Assert.That(lines[2], Does.EndWith($"{end}."));
        Assert.That(end == "the candidate fails", Is.EqualTo(verdict.Result == VerdictResult.Fail), "the lines and the verdict agree");
    }

    [TestCase(449, 0, "the check passes")]
    [TestCase(448, 0, "it is not decided")]
    [TestCase(500, 0, "the check passes")]
    public void OfARateCanBeCheckedWithACalculator(int requests, int bad, string end)
    {
        var verdict = VerdictPolicy.Judge(Counts(10, requests, bad, 9 * requests), ProbeCounts.None, Bounds, minRequests: 100, useProbes: false);

        var lines = VerdictExplanation.Lines(verdict, Bounds);

        var formula = CleanRate().Match(lines[1]);
        Assert.That(formula.Success, Is.True, lines[1]);
        var (good, next, rate) = (Number(formula, "good"), Number(formula, "next"), Number(formula, "rate"));
        Assert.That((1 - Math.Pow(good, next)) / (next * rate * Math.Pow(good, next - 1)), Is.EqualTo(Number(formula, "value")).Within(0.01).Percent);
        Assert.That(lines[2], Does.StartWith($"E = {formula.Groups["value"].Value}, ").And.EndWith($"{end}."));
    }

    [Test]
    public void OfARateWithBadAttemptsIsAFormulaOfASpreadsheet()
    {
        var verdict = VerdictPolicy.Judge(Counts(10, 2000, 5, 18_000, 45), ProbeCounts.None, Bounds, minRequests: 100, useProbes: false);

        Assert.That(VerdictExplanation.Lines(verdict, Bounds), Is.EqualTo(new[]
        {
            "errors: 5 of 2000 on the candidate were bad; a rate of 1 % is to be ruled out.",
            "E = (1 - BINOM.DIST(5, 2001, 0.01, TRUE)) / (2001 * 0.01 * BINOM.DIST(5, 2000, 0.01, FALSE)) = 960.98",
            "E = 960.98, at least 1 / 0.05 = 20: the check passes.",
        }));
    }

    [Test]
    public void OfGoldenAnswersSaysSo()
    {
        var verdict = VerdictPolicy.Judge(RolloutCounts.None, new(500, 0, 500, 0), Bounds, minRequests: 100, useProbes: true);

        Assert.That(VerdictExplanation.Lines(verdict, Bounds)[0], Is.EqualTo("golden rows: 0 of 500 on the candidate were bad; a rate of 1 % is to be ruled out."));

        verdict = VerdictPolicy.Judge(RolloutCounts.None, new(40, 16, 40, 0), Bounds, minRequests: 100, useProbes: true);
        Assert.That(verdict.Result, Is.EqualTo(VerdictResult.Fail));
        CheckRatio(VerdictExplanation.Lines(verdict, Bounds), checks: 1);
    }

    [Test]
    public void WithoutDataSaysSo() =>
        Assert.That(VerdictExplanation.Lines(VerdictPolicy.Judge(RolloutCounts.None, ProbeCounts.None, Bounds, 100, useProbes: false), Bounds)[0],
            Is.EqualTo("errors: 0 of 0 on the candidate were bad; a rate of 1 % is to be ruled out."));

    [Test]
    public void TheExampleInTheDocumentationIsOneOfThem()
    {
        var page = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "docs", "rollouts.md"));
        var verdict = VerdictPolicy.Judge(Counts(10, 52, 5, 468), ProbeCounts.None, Bounds, minRequests: 100, useProbes: false);

        var lines = VerdictExplanation.Lines(verdict, Bounds);

        Assert.That(page, Does.Contain(string.Join("\n", lines)), "docs/rollouts.md shows these lines");
        CheckRatio(lines);
        foreach (var (share, enough) in new[] { (1, 3), (5, 4), (10, 5), (25, 7), (50, 14) })
        {
            Assert.That(Burst(share, enough), Is.EqualTo(VerdictResult.Fail), $"{share} %");
            Assert.That(Burst(share, enough - 1), Is.Not.EqualTo(VerdictResult.Fail), $"{share} %");
            Assert.That(page, Does.Contain($"| {share} % | {enough} |"), "and this table");
        }

        VerdictResult Burst(int share, int bad) => VerdictPolicy.Judge(Counts(share, bad, bad), ProbeCounts.None, Bounds, 1, useProbes: false).Result;
    }

    private static TestCaseData Case(string name, RolloutCounts counts, RolloutBounds bounds, string end) =>
        new TestCaseData(counts, bounds, end).SetArgDisplayNames(name);

    private static void CheckRatio(IReadOnlyList<string> lines, int checks = 3)
    {
        var formula = Ratio().Match(lines[1]);
        Assert.That(formula.Success, Is.True, lines[1]);
        var factors = formula.Groups["factors"].Value.Split(", ").Select(Parse).ToList();
        var mean = factors.Average(r => Math.Exp(
            Number(formula, "bad") * Math.Log(r)
            - Divisor().Matches(formula.Groups["divisors"].Value).Sum(divisor => Number(divisor, "all") * Math.Log(1 + (r - 1) * Number(divisor, "share")))));
        Assert.That(Number(formula, "value"), Is.EqualTo(mean).Within(0.02).Percent);

        // of "(12084 + 1 + 1) / 3 = 4028.7, at least 1 / 0.001 = 1000", or of "E = 960.98, at least 1 / 0.05 = 20"
        var numbers = Numbers().Matches(lines[2]).Select(match => Parse(match.Value)).ToList();
        Assert.That(numbers, Has.Count.EqualTo(checks == 1 ? 4 : checks + 5), lines[2]);
        Assert.That(numbers[0], Is.EqualTo(Number(formula, "value")));
        var result = numbers[^4];
        if (checks > 1)
        {
            Assert.That(numbers[checks], Is.EqualTo(checks));
            Assert.That(result, Is.EqualTo(numbers.Take(checks).Average()).Within(0.02).Percent);
        }
        Assert.That(numbers[^1], Is.EqualTo(numbers[^3] / numbers[^2]));
        Assert.That(lines[2].Contains("at least", StringComparison.Ordinal), Is.EqualTo(result >= numbers[^1]));
    }

    private static double Number(Match match, string group) => Parse(match.Groups[group].Value);

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^E = mean of r\^(?<bad>\d+) / (?<divisors>.+) over r = (?<factors>[\d., ]+) = (?<value>\S+)$")]
    private static partial Regex Ratio();

    [GeneratedRegex(@"\(1 \+ \(r - 1\) \* (?<share>[\d.]+)\)\^(?<all>\d+)")]
    private static partial Regex Divisor();

    [GeneratedRegex(@"^E = \(1 - (?<good>[\d.]+)\^(?<next>\d+)\) / \(\k<next> \* (?<rate>[\d.]+) \* \k<good>\^\d+\) = (?<value>\S+)$")]
    private static partial Regex CleanRate();

    [GeneratedRegex(@"\d+(?:\.\d+)?(?:E[+-]\d+)?")]
    private static partial Regex Numbers();
}
