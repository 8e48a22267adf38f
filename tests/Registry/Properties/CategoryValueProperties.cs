using System.Numerics;
using System.Text.RegularExpressions;
using CsCheck;
using Slipway.Registry.Rows;
using Slipway.Tests.Properties;

namespace Slipway.Registry.Tests.Properties;

public sealed partial class CategoryValueProperties
{
    private static readonly Gen<string> Texts = Gen.Frequency(
        (4, Gen.String[Gen.Char["0123456789.eE+-0"], 0, 12]),
        (2, Gen.String[Gen.Char["019.e-"], 50, 70]),
        (2, Gen.Select(Gen.Double, number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))),
        (1, Gen.OneOf("true", "TRUE", "False", "falsE", "truе", "", "-", ".", "-0", "0.0", "1e9999", "1e-9999", "1e99999", "007", "+1", "1e+05", "0e0", "-.5e-3")));

    [Test]
    public void AreTheSameWhereArithmeticSaysSo() =>
        Property.Holds(Gen.Select(Texts, Texts, Gen.Int[0, 3]), 3000, pair =>
        {
            var (one, other) = (pair.Item1, Respelled(pair.Item1, pair.Item2, pair.Item3));
            Assert.That(CategoryValue.Same(one, other), Is.EqualTo(Meaning(one) == Meaning(other)));
        }, pair => $"'{pair.Item1}' and '{Respelled(pair.Item1, pair.Item2, pair.Item3)}'");

    [Test]
    public void AreWrittenOnlyOnce() =>
        Property.Holds(Texts, 2000, text => Assert.That(CategoryValue.Of(CategoryValue.Of(text)), Is.EqualTo(CategoryValue.Of(text))), text => text);

    // the same number spelled in another way, or another text
    private static string Respelled(string one, string other, int how) => how switch
    {
        0 => $"{one}0",
        1 => $"{one}.0",
        2 => $"{one}e0",
        _ => other,
    };

    private static string Meaning(string text)
    {
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase))
            return text.ToLowerInvariant();
        if (text.Length > CategoryValue.MaxNumberLength || Number().Match(text) is not { Success: true } match)
            return text;
        var (whole, fraction) = (match.Groups["whole"].Value, match.Groups["fraction"].Value);
        var digits = BigInteger.Parse($"{whole}{fraction}", System.Globalization.CultureInfo.InvariantCulture);
        if (digits.IsZero)
            return "number 0";
        var exponent = (match.Groups["exponent"].Success ? int.Parse(match.Groups["exponent"].Value, System.Globalization.CultureInfo.InvariantCulture) : 0) - fraction.Length;
        for (; (digits % 10).IsZero; digits /= 10)
            exponent++;
        return $"number {match.Groups["sign"].Value}{digits}e{exponent}";
    }

    [GeneratedRegex(@"^(?<sign>-?)(?=\.?[0-9])(?<whole>0|[1-9][0-9]*|)(?:\.(?<fraction>[0-9]+))?(?:[eE](?<exponent>[+-]?[0-9]{1,4}))?\z")]
    private static partial Regex Number();
}
