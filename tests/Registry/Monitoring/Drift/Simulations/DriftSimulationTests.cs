using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift.Simulations;

/// <summary>
/// How often windows without drift alarm, and windows with a small one do. The long form, whose figures are in docs/monitoring.md:
/// <c>dotnet test tests/Registry/Registry.Tests.csproj -c Release --filter DriftSimulationTests -- 'TestRunParameters.Parameter(name="windows", value="1000000")'</c>.
/// </summary>
public sealed class DriftSimulationTests
{
    private static readonly int Windows = TestContext.Parameters.Get("windows", 300);
    private static readonly double[] Levels = [1e-2, 1e-3, 1e-4, 1e-5, 3e-6];

    private static readonly (Law Law, long Trained, long N)[] Cases =
    [
        (Law.Normal, 2000, 50), (Law.Normal, 2000, 200), (Law.Normal, 2000, 2000), (Law.Normal, 2000, 100_000), (Law.Normal, 2000, 1_000_000),
        (Law.Normal, 400, 50), (Law.Normal, 400, 5000), (Law.Normal, 100_000, 50), (Law.Normal, 100_000, 1000), (Law.Normal, 100_000, 1_000_000),
        (Law.Uniform, 2000, 50), (Law.Uniform, 2000, 2000), (Law.Exponential, 2000, 50), (Law.Exponential, 2000, 2000), (Law.Exponential, 400, 100_000),
        (Law.LogNormal, 2000, 50), (Law.LogNormal, 2000, 500), (Law.LogNormal, 2000, 2000), (Law.LogNormal, 2000, 1_000_000), (Law.LogNormal, 100_000, 200),
    ];

    private static IEnumerable<TestCaseData> CasesOf() =>
        Cases.Select((at, i) => new TestCaseData(at.Law, at.Trained, at.N, i).SetArgDisplayNames(at.Law.Name, $"{at.Trained} rows", $"windows of {at.N}"));

    [TestCaseSource(nameof(CasesOf))]
    public void WindowsWithoutDriftExceedABoundNoMoreOftenThanItsLevel(object law, long trained, long n, int seed)
    {
        var feature = new SimulatedFeature((Law)law, trained, Bins(trained));
        var draws = new Draws(seed + 1);
        var text = Exceeded(() => feature.Window(draws, n), out var all);

        TestContext.Out.WriteLine($"{law}, {trained} rows, windows of {n}: {text}");
        ShouldNotExceed(all);
    }

    [TestCase(2000, 50), TestCase(2000, 100), TestCase(2000, 300), TestCase(2000, 2000), TestCase(100_000, 50), TestCase(100_000, 400), TestCase(400, 100_000), TestCase(7000, 1_000_000)]
    public void SoDoWindowsOfCategories(long trained, long n)
    {
        double[] law = [0.4, 0.25, 0.15, 0.1, 0.05, 0.03, 0.015, 0.005];
        var draws = new Draws((int)(trained + n));
        var text = Exceeded(() => SimulatedCategories.Window(draws, law, trained, n), out var all);

        TestContext.Out.WriteLine($"categories, {trained} rows, windows of {n}: {text}");
        ShouldNotExceed(all);
    }

    /// <summary>One of eight features of a model whose windows are an hour long.</summary>
    [Test]
    public void ShiftOfAFifthOfADeviationIsFoundIn2000Rows([Values("uniform", "normal", "exponential")] string name, [Values(2000, 7000)] int trained)
    {
        Law law = name switch { "uniform" => Law.Uniform, "normal" => Law.Normal, _ => Law.Exponential };
        var feature = new SimulatedFeature(law, trained, bins: 64);
        var draws = new Draws(trained);
        var threshold = DriftPolicy.AlphaOf(TimeSpan.FromHours(1)) / 2 / 8;
        var windows = Math.Min(Windows / 5, 20_000);
        var found = 0;
        for (var i = 0; i < windows; i++)
            if (feature.Window(draws, 2000, shift: 0.2).Any(test => test.Decides && test.Value > test.Floor && test.P <= threshold * test.Weight))
                found++;

        TestContext.Out.WriteLine($"{name}, {trained} rows: {100.0 * found / windows:0.0} % of {windows} windows");
        Assert.That(found, Is.GreaterThanOrEqualTo(windows * 0.9 - 3 * Math.Sqrt(windows * 0.09)));
    }

    private static int Bins(long trained) => trained < 640 ? (int)trained / 10 : 64;

    private static void ShouldNotExceed(int[] all)
    {
        foreach (var (times, level) in all.Zip(Levels))
            Assert.That(times, Is.LessThanOrEqualTo(Windows * level + 4 * Math.Sqrt(Windows * level) + 3), $"at {level}");
    }

    /// <summary>How often the p-value of each distance, and of all together, is at most each level: as a multiple of the level.</summary>
    private static string Exceeded(Func<IReadOnlyList<DistanceTest>> window, out int[] all)
    {
        var exceeded = new Dictionary<string, int[]>();
        for (var i = 0; i < Windows; i++)
        {
            var tests = window();
            foreach (var test in tests)
                Count(test.Statistic.ToString(), test.P);
            Count("all", DistanceTest.Combined(tests));
        }

        all = exceeded["all"];
        return string.Join("; ", exceeded.Select(count => $"{count.Key} {string.Join(" ", count.Value.Zip(Levels, (times, level) => FormattableString.Invariant($"{times / (Windows * level):0.00}")))}"));

        void Count(string name, double p)
        {
            if (!exceeded.TryGetValue(name, out var counts))
                exceeded.Add(name, counts = new int[Levels.Length]);
            for (var level = 0; level < Levels.Length; level++)
                if (p <= Levels[level])
                    counts[level]++;
        }
    }
}
