using System.Globalization;
using Slipway.Trainer.Data;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Tests.Proposals;

public sealed class ColumnInspectorTests
{
    [Test]
    public void CountsNumbersAndWhatIsMissing()
    {
        var look = Looks.Of("x", ["1", " 2 ", "", "NaN", "2.5", "  "]);

        Assert.That((look.Rows, look.Missing, look.Numbers, look.Integers, look.Distinct), Is.EqualTo((6, 3, 3, 2, 3)));
        Assert.That(look.FirstMissing, Is.EqualTo(new[] { 3, 4, 6 }));
        Assert.That((look.IsNumeric, look.IsWhole), Is.EqualTo((true, false)));
    }

    [TestCase("NA", NotANumber.MissingWord)]
    [TestCase("n/a", NotANumber.MissingWord)]
    [TestCase("?", NotANumber.MissingWord)]
    [TestCase("unknown", NotANumber.MissingWord)]
    [TestCase("1,234", NotANumber.Thousands)]
    [TestCase("1.234.567", NotANumber.Thousands)]
    [TestCase("1.234,50", NotANumber.Thousands)]
    [TestCase("12,5", NotANumber.DecimalComma)]
    [TestCase("-0,561", NotANumber.DecimalComma)]
    [TestCase("$12", NotANumber.Unit)]
    [TestCase("12 %", NotANumber.Unit)]
    [TestCase("3 kg", NotANumber.Unit)]
    [TestCase("2026-11-23", NotANumber.Date)]
    [TestCase("31.12.2025", NotANumber.Date)]
    [TestCase("3/4/98", NotANumber.Date)]
    [TestCase("2015/01/01 01:00:00", NotANumber.Date)]
    [TestCase("Jan 1 2000", NotANumber.Date)]
    [TestCase("12:30", NotANumber.Date)]
    [TestCase("Infinity", NotANumber.Infinity)]
    [TestCase("-inf", NotANumber.Infinity)]
    [TestCase("1e39", NotANumber.Infinity)]
    [TestCase("May", NotANumber.Word)]
    [TestCase("10-19", NotANumber.Word)]
    [TestCase("B12", NotANumber.Word)]
    public void ReportsWhatIsInPlaceOfANumber(string text, NotANumber kind)
    {
        var look = Looks.Of("x", ["1", text]);

        Assert.That(look.Oddities.Keys, Is.EqualTo(new[] { kind }));
        Assert.That(look.Oddities[kind].Examples, Is.EqualTo(new[] { new OddValue(text, 2) }));
    }

    [Test]
    public void KeepsTheFirstFewDifferentExamples()
    {
        var look = Looks.Of("x", ["NA", "NA", "?", "1", "null", "-"]);

        Assert.That(look.Oddities[NotANumber.MissingWord], Has.Property("Count").EqualTo(5));
        Assert.That(look.Oddities[NotANumber.MissingWord].Examples, Is.EqualTo(new OddValue[] { new("NA", 1), new("?", 3), new("null", 5) }));
    }

    [TestCase("1,2,3,4", true)]
    [TestCase("0,1,2", true)]
    [TestCase("2,3,4", false)]
    [TestCase("1,2,4", false)]
    [TestCase("1,2,,4", false)]
    [TestCase("1", false)]
    public void SeesACountOfTheRows(string values, bool counts) => Assert.That(Looks.Of("x", values.Split(',')).CountsRows, Is.EqualTo(counts));

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
        var look = Looks.Made("x", 5000, i => $"word {i % DistinctValues.Most}");

        Assert.That(look.Distinct, Is.EqualTo(DistinctValues.Most));
        Assert.That(look.Values!.Values, Has.All.EqualTo(5));
        Assert.That(look.Repeats, Is.True);
    }
}
