namespace Slipway.Reporting.Tests;

public sealed class RichTextTests
{
    [Test]
    public void HolesKeepTheirStyleAndNumbersAreInvariant()
    {
        var text = RichText.Of($"{"a"} is {TextRun.Code("b")}, {1234.5:0.00} {RichText.Of($"of {TextRun.Strong("all")}")}");

        Assert.That(text.Runs, Is.EqualTo(new TextRun[] { new("a is "), TextRun.Code("b"), new(", 1234.50 of "), TextRun.Strong("all") }));
        Assert.That(text.Plain, Is.EqualTo("a is b, 1234.50 of all"));
    }

    [Test]
    public void IsJoinedAndHoldsNothingEmpty() =>
        Assert.That(
            RichText.Join(", ", [TextRun.Code("a"), "", TextRun.Code("b")]).Runs,
            Is.EqualTo(new TextRun[] { TextRun.Code("a"), new(", , "), TextRun.Code("b") }));
}
