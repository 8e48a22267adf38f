using Slipway.Registry.Rows;

namespace Slipway.Registry.Tests.Rows;

public sealed class CategoryValueTests
{
    [TestCase("2", "2")]
    [TestCase("2.0", "2")]
    [TestCase("2.000", "2")]
    [TestCase("2e0", "2")]
    [TestCase("20E-1", "2")]
    [TestCase("0.2e+1", "2")]
    [TestCase("-2.50", "-2.5")]
    [TestCase(".5", "0.5")]
    [TestCase("0.5", "0.5")]
    [TestCase("0", "0")]
    [TestCase("0.0", "0")]
    [TestCase("-0", "0")]
    [TestCase("0e99", "0")]
    [TestCase("100", "100")]
    [TestCase("1E+2", "100")]
    [TestCase("1E+20", "100000000000000000000")]
    [TestCase("0.001", "0.001")]
    [TestCase("1e-3", "0.001")]
    [TestCase("1.5e300", "1.5e300")]
    [TestCase("150e298", "1.5e300")]
    [TestCase("2e-300", "2e-300")]
    public void NumbersAreTheirValue(string text, string value) => Assert.That(CategoryValue.Of(text), Is.EqualTo(value));

    [TestCase("9007199254740993", "9007199254740992", TestName = "Beyond 53 bits")]
    [TestCase("18446744073709551615", "18446744073709551616", TestName = "Beyond 64 bits")]
    [TestCase("0.1000000000000000055", "0.1", TestName = "Beyond the digits of a double")]
    public void NumbersKeepEveryDigit(string one, string other)
    {
        Assert.That(CategoryValue.Same(one, other), Is.False);
        Assert.That(CategoryValue.Of(one), Is.EqualTo(one));
    }

    [TestCase("True", "true")]
    [TestCase("FALSE", "false")]
    [TestCase("true", "true")]
    public void BooleansAreTheirMeaning(string text, string value) => Assert.That(CategoryValue.Of(text), Is.EqualTo(value));

    [TestCase("007")]
    [TestCase("00")]
    [TestCase("01.5")]
    [TestCase("-01")]
    [TestCase("+1")]
    [TestCase("1.")]
    [TestCase(".")]
    [TestCase("-")]
    [TestCase("")]
    [TestCase("e5")]
    [TestCase("1e")]
    [TestCase("1e99999")]
    [TestCase("1,5")]
    [TestCase("0x10")]
    [TestCase("1 000")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("\u0661")]
    [TestCase("yes")]
    [TestCase("M")]
    [TestCase("12345678901234567890123456789012345678901234567890123456789012345")]
    public void EverythingElseIsTextAsItIs(string text) => Assert.That(CategoryValue.Of(text), Is.EqualTo(text));

    [Test]
    public void TheLongestNumbersFit(
        [Values("1", "9999999999999999999999999999999", "0.0000000000000000001")] string number, [Values("", "e40", "e-40", "e9999", "e-9999")] string exponent)
    {
        var value = CategoryValue.Of(number + exponent);

        Assert.That(CategoryValue.Of(value), Is.EqualTo(value), "and stay what they are");
    }
}
