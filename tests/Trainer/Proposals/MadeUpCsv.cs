using System.Globalization;
using System.Text;

namespace Slipway.Trainer.Tests.Proposals;

/// <summary>Rows whose label follows from two features, with some luck in it.</summary>
internal static class MadeUpCsv
{
    /// <param name="label">From the sum of the features, 0 to 2, and luck, -0.5 to 0.5.</param>
    public static string Of(int rows, Func<double, double, string> label, char delimiter = ',', string lineEnd = "\n", Func<string, string>? rename = null)
    {
        rename ??= name => name;
        var random = new Random(11);
        var csv = new StringBuilder(string.Join(delimiter, new[] { "id", "heat", "load", "site", "note", "outcome" }.Select(rename))).Append(lineEnd);
        for (var i = 0; i < rows; i++)
        {
            var (heat, load, site) = (random.NextDouble(), random.NextDouble(), "north south east".Split(' ')[random.Next(3)]);
            var cells = new[] { $"{i * 3}", Text(heat), i % 17 == 0 ? "" : Text(load), site, "same", label(heat + load, random.NextDouble() - 0.5) };
            csv.Append(string.Join(delimiter, cells)).Append(lineEnd);
        }

        return csv.ToString();
    }

    public static string Binary(double sum, double luck) => sum + (0.6 * luck) > 1.3 ? "yes" : "no";

    public static string Classes(double sum, double luck) => (sum + (0.4 * luck)) switch { < 0.7 => "low", < 1.2 => "middle", _ => "high" };

    public static string Number(double sum, double luck) => Text(100 + (40 * sum) + (10 * luck));

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
