using Slipway.Inference.Requests;

namespace Slipway.Inference.Tests.Requests;

public sealed class ShownTextTests
{
    [Test]
    public void KeepsWhatIsShort() => Assert.That(ShownText.Of(new string('x', 64)), Has.Length.EqualTo(64));

    [Test]
    public void CutsWhatIsLong() => Assert.That(ShownText.Of(new string('x', 1_000_000)), Is.EqualTo(new string('x', 64) + "..."));

    [Test]
    public void NeverCutsACharacterInTwo() =>
        Assert.That(ShownText.Of(new string('x', 63) + "😀😀"), Is.EqualTo(new string('x', 63) + "..."));

    [Test]
    public void CountsNamesThatDoNotFitIntoAList()
    {
        var list = ShownText.List(Enumerable.Range(0, 10_000).Select(i => $"column {i}"));

        Assert.That(list, Does.StartWith("column 0, column 1, ").And.Match(@", and 9\d{3} more$"));
        Assert.That(list, Has.Length.LessThanOrEqualTo(1000));
    }

    [TestCase("Torque [Nm]", "Torque [Nm]")]
    [TestCase("größe, %", "gr%C3%B6%C3%9Fe%2C %25")]
    [TestCase(" padded ", "%20padded%20")]
    [TestCase("two\r\nlines", "two%0D%0Alines")]
    public void EncodesNamesForHeaders(string name, string expected) => Assert.That(NamesHeader.Encode(name), Is.EqualTo(expected));

    [Test]
    public void BoundsAHeaderOfNames()
    {
        var header = NamesHeader.Join([.. Enumerable.Range(0, 300).Select(i => NamesHeader.Encode($"{i} {new string('ß', 236)}"))]);

        Assert.That(header, Has.Length.LessThanOrEqualTo(NamesHeader.MaxHeaderLength).And.Match(@", and \d{3} more$"));
    }

    [Test]
    public void NamesWhatIsLeftOfAHeaderExactly()
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"name-{i:000}")];
        var header = NamesHeader.Join(names, unnamed: 5);
        var shown = header.Split(", ");

        Assert.That(shown[^1], Is.EqualTo($"and {205 - (shown.Length - 1)} more"));
    }
}
