using System.Globalization;
using System.Text;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Tests.Rows;

public sealed class ShortDecimalTests
{
    [Test]
    public void HasTheBitsOfTheGeneralWay()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = random.Next(10_000_000).ToString("D7", CultureInfo.InvariantCulture)[random.Next(7)..];
            var point = random.Next(digits.Length + 2);
            var text = $"{(random.Next(2) == 0 ? "-" : "")}{(point <= digits.Length ? digits.Insert(point, ".") : digits)}";
            Check(text);
        }
    }

    [TestCase("0")]
    [TestCase("-0")]
    [TestCase("-0.0")]
    [TestCase("9999999")]
    [TestCase(".9999999")]
    [TestCase("0.000001")]
    [TestCase("1234567.")]
    [TestCase("0000001")]
    public void ReadsTheEdges(string text) => Check(text);

    [TestCase("")]
    [TestCase("-")]
    [TestCase(".")]
    [TestCase("12345678")]
    [TestCase("0.1234567")]
    [TestCase("1e5")]
    [TestCase("+1")]
    [TestCase("1.2.3")]
    [TestCase("--1")]
    [TestCase(" 1")]
    [TestCase("NaN")]
    [TestCase("1٣")]
    public void LeavesTheRestToTheGeneralWay(string text)
    {
        Assert.That(ShortDecimal.TryParse(text.AsSpan(), out _), Is.False);
        Assert.That(ShortDecimal.TryParse<byte>(Encoding.UTF8.GetBytes(text), out _), Is.False);
    }

    private static void Check(string text)
    {
        var expected = (float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));

        Assert.That(ShortDecimal.TryParse(text.AsSpan(), out var value, out var precise), text);
        Assert.That(Bits((value, precise)), Is.EqualTo(Bits(expected)), text);
        Assert.That(ShortDecimal.TryParse<byte>(Encoding.ASCII.GetBytes(text), out value, out precise), text);
        Assert.That(Bits((value, precise)), Is.EqualTo(Bits(expected)), text);
    }

    private static (int, long) Bits((float Value, double Precise) number) => (BitConverter.SingleToInt32Bits(number.Value), BitConverter.DoubleToInt64Bits(number.Precise));
}
