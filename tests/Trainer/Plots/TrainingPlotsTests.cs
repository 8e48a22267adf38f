using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using Slipway.Trainer.Job;
using Slipway.Trainer.Plots;

namespace Slipway.Trainer.Tests.Plots;

public sealed class TrainingPlotsTests
{
    private const long MaxBytes = 150_000;

    private StringWriter _output = null!;

    private static IEnumerable<TestCaseData<PlotSubject, string[]>> Tasks =>
    [
        new(PlotSubjects.Binary(50_000), ["precision-recall", "calibration", "scores", "importance", "slices"]) { TestName = "{m}(binary)" },
        new(PlotSubjects.Multiclass(50_000, "Adelie", "Chinstrap", "Gentoo"), ["confusion", "calibration", "importance", "slices"]) { TestName = "{m}(multiclass)" },
        new(PlotSubjects.Regression(50_000), ["predictions", "residuals", "importance", "slices"]) { TestName = "{m}(regression)" },
    ];

    // one class only, one row, constant predictions, many classes
    private static IEnumerable<TestCaseData<PlotSubject>> Strange =>
    [
        new(PlotSubjects.Binary(20) with { Labels = new float[20] }) { TestName = "{m}(no positives)" },
        new(PlotSubjects.Binary(1)) { TestName = "{m}(one row)" },
        new(PlotSubjects.Binary(20) with { Scores = new float[20] }) { TestName = "{m}(constant scores)" },
        new(PlotSubjects.Regression(1)) { TestName = "{m}(one value)" },
        new(PlotSubjects.Regression(5) with { Scores = new float[5], Labels = new float[5] }) { TestName = "{m}(only zeros)" },
        new(PlotSubjects.Regression(5) with { Scores = [1e30f, -1e30f, 0, 1, 2] }) { TestName = "{m}(huge values)" },
        new(PlotSubjects.Multiclass(500, [.. Enumerable.Range(0, 60).Select(i => $"a class with a long name {i}")])) { TestName = "{m}(many classes)" },
        new(PlotSubjects.Binary(20) with { Metrics = PlotSubjects.Metrics() with { Importance = null, Slices = [] } }) { TestName = "{m}(nothing else)" },
    ];

    [SetUp]
    public void SetUp() => _output = new(CultureInfo.InvariantCulture);

    [TearDown]
    public void TearDown() => _output.Dispose();

    [TestCaseSource(nameof(Tasks))]
    public void EveryPlotOfATaskIsDrawnSmallAndInTheSameBytes(PlotSubject subject, string[] names)
    {
        var plots = Draw(subject);
        var again = Draw(subject);

        Assert.That(plots.Keys, Is.EqualTo(names), _output.ToString());
        Assert.That(plots.Values.Select(svg => svg.LongLength), Is.All.LessThan(MaxBytes));
        Assert.That(again.Values.Select(Encoding.UTF8.GetString), Is.EqualTo(plots.Values.Select(Encoding.UTF8.GetString)));
    }

    [TestCaseSource(nameof(Strange))]
    public void StrangeHoldoutsAreDrawnToo(PlotSubject subject)
    {
        var plots = Draw(subject);

        Assert.That(_output.ToString(), Is.Empty);
        Assert.That(plots, Has.Count.GreaterThanOrEqualTo(2));
        foreach (var svg in plots.Values.Select(Encoding.UTF8.GetString))
            Assert.That(svg, Does.Not.Contain("NaN").And.Not.Contain("inf").And.Not.Contain("∞"));
    }

    [Test]
    public void WordsAreTextThatNamesNoFontOfThisMachine()
    {
        foreach (var svg in Draw(PlotSubjects.Binary(100)).Values)
        {
            var root = XDocument.Parse(Encoding.UTF8.GetString(svg)).Root!;
            Assert.That(root.Descendants().Attributes("font-family"), Is.Empty);
            Assert.That(root.Elements().Take(2).Select(element => element.Name.LocalName), Is.EqualTo(new[] { "title", "desc" }));
            Assert.That(root.Descendants().Count(element => element.Name.LocalName == "text"), Is.GreaterThan(5));
        }
    }

    [Test]
    public void ChampionBaseRateAndThresholdAreInTheCurve()
    {
        var svg = Encoding.UTF8.GetString(Draw(PlotSubjects.Binary(1000))["precision-recall"]);

        Assert.That(svg, Does.Contain("candidate").And.Contain("champion").And.Contain("base rate").And.Contain("threshold 0.5:"));
        Assert.That(
            Encoding.UTF8.GetString(Draw(PlotSubjects.Binary(1000) with { ChampionScores = null })["precision-recall"]),
            Does.Not.Contain("champion"));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("a\u0001b\uD800c & \"d\"")]
    public void WordsOfAFileStayWords(string word)
    {
        var subject = PlotSubjects.Binary(100, positive: word) with { Metrics = PlotSubjects.Metrics(column: word) };
        foreach (var svg in Draw(subject).Values)
        {
            var names = XDocument.Parse(Encoding.UTF8.GetString(svg)).Descendants().Select(element => element.Name.LocalName).Distinct();
            Assert.That(names, Is.SubsetOf(new[] { "svg", "title", "desc", "style", "rect", "path", "ellipse", "g", "clipPath", "text" }));
        }

        Assert.That(_output.ToString(), Is.Empty);
    }

    [Test]
    public void PlotThatCannotBeDrawnIsLeftOutAndSaid()
    {
        var plots = new TrainingPlots(Progress()).Draw(
            [
                new("broken", _ => throw new TypeInitializationException("SkiaSharp.SKObject", new DllNotFoundException("no libSkiaSharp"))),
                new("good", _ => [1]),
            ],
            PlotSubjects.Binary(10), default);

        Assert.That(plots.Keys, Is.EqualTo(new[] { "good" }));
        Assert.That(_output.ToString(), Does.Match(new Regex(@"The plot 'broken' was skipped: .*no libSkiaSharp")));
    }

    [Test]
    public void StoppedJobDrawsNoMore() => Assert.That(
        () => new TrainingPlots(Progress()).Draw(PlotSubjects.Binary(10), new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    private IReadOnlyDictionary<string, byte[]> Draw(PlotSubject subject) => new TrainingPlots(Progress()).Draw(subject, default);

    private JobProgress Progress() => new(_output, new FakeTimeProvider());
}
