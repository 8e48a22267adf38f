using System.Globalization;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Tests.Proposals;

public sealed class ColumnInspectorTests
{
    [Test]
    public void CountsNumbersAndWhatIsMissing()
    {
        var summary = Summaries.Of("x", ["1", " 2 ", "", "NaN", "2.5", "  "]);

        Assert.That((summary.Rows, summary.Missing, summary.Numbers, summary.Integers, summary.Distinct), Is.EqualTo((6, 3, 3, 2, 3)));
        Assert.That(summary.FirstMissing, Is.EqualTo(new[] { 3, 4, 6 }));
        Assert.That((summary.IsNumeric, summary.IsWhole), Is.EqualTo((true, false)));
    }

    [TestCase("NA", NonNumericKind.MissingWord)]
    [TestCase("n/a", NonNumericKind.MissingWord)]
    [TestCase("?", NonNumericKind.MissingWord)]
    [TestCase("unknown", NonNumericKind.MissingWord)]
    [TestCase("1,234", NonNumericKind.Thousands)]
    [TestCase("1.234.567", NonNumericKind.Thousands)]
    [TestCase("1.234,50", NonNumericKind.Thousands)]
    [TestCase("12,5", NonNumericKind.DecimalComma)]
    [TestCase("-0,561", NonNumericKind.DecimalComma)]
    [TestCase("$12", NonNumericKind.Unit)]
    [TestCase("12 %", NonNumericKind.Unit)]
    [TestCase("3 kg", NonNumericKind.Unit)]
    [TestCase("2026-11-23", NonNumericKind.Date)]
    [TestCase("31.12.2025", NonNumericKind.Date)]
    [TestCase("3/4/98", NonNumericKind.Date)]
    [TestCase("2015/01/01 01:00:00", NonNumericKind.Date)]
    [TestCase("Jan 1 2000", NonNumericKind.Date)]
    [TestCase("12:30", NonNumericKind.Date)]
    [TestCase("Infinity", NonNumericKind.Infinity)]
    [TestCase("-inf", NonNumericKind.Infinity)]
    [TestCase("1e39", NonNumericKind.Infinity)]
    [TestCase("May", NonNumericKind.Word)]
    [TestCase("10-19", NonNumericKind.Word)]
    [TestCase("B12", NonNumericKind.Word)]
    public void ReportsWhatIsInPlaceOfANumber(string text, NonNumericKind kind)
    {
        var summary = Summaries.Of("x", ["1", text]);

        Assert.That(summary.Anomalies.Keys, Is.EqualTo(new[] { kind }));
        Assert.That(summary.Anomalies[kind].Examples, Is.EqualTo(new[] { new AnomalyExample(text, 2) }));
    }

    [Test]
    public void KeepsTheFirstFewDifferentExamples()
    {
        var summary = Summaries.Of("x", ["NA", "NA", "?", "1", "null", "-"]);

        Assert.That(summary.Anomalies[NonNumericKind.MissingWord], Has.Property("Count").EqualTo(5));
        Assert.That(summary.Anomalies[NonNumericKind.MissingWord].Examples, Is.EqualTo(new AnomalyExample[] { new("NA", 1), new("?", 3), new("null", 5) }));
    }

    [TestCase("1,2,3,4", true)]
    [TestCase("0,1,2", true)]
    [TestCase("2,3,4", false)]
    [TestCase("1,2,4", false)]
    [TestCase("1,2,,4", false)]
    [TestCase("1", false)]
    public void SeesACountOfTheRows(string values, bool counts) => Assert.That(Summaries.Of("x", values.Split(',')).CountsRows, Is.EqualTo(counts));

    [Test]
    public void CountsDifferentValuesInBoundedMemory()
    {
        var values = new DistinctValues();
        for (var i = 0; i < 1_000_000; i++)
            values.Add(i.ToString(CultureInfo.InvariantCulture));

        Assert.That(values.Counts, Is.Null);
        Assert.That(values.Repeats, Is.False);
    }

    [Test]
    public void CountsAThousandDifferentValuesExactly()
    {
        var summary = Summaries.Made("x", 5000, i => $"word {i % DistinctValues.MaxCount}");

        Assert.That(summary.Distinct, Is.EqualTo(DistinctValues.MaxCount));
        Assert.That(summary.Values!.Values, Has.All.EqualTo(5));
        Assert.That(summary.Repeats, Is.True);
    }
}
