using System.Globalization;
using Slipway.Benchmarks.Figures;

namespace Slipway.Benchmarks.Reports;

/// <summary>Formats results with their units and a sensible number of digits.</summary>
public static class FigureText
{
    private const string NotTold = "unknown";

    public static string PerSecond(double requests) => string.Create(CultureInfo.InvariantCulture, $"{requests:#,0}/s");

    public static string Latency(double microseconds) => microseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{microseconds:0} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:0.0} ms");

    public static string Milliseconds(Spread milliseconds) => string.Create(
        CultureInfo.InvariantCulture, $"{milliseconds.Median:0} ms ({milliseconds.Least:0} to {milliseconds.Most:0})");

    public static string Seconds(Spread seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds.Median:0.0} s ({seconds.Least:0.0} to {seconds.Most:0.0})");

    /// <summary>Per 1,000 requests.</summary>
    public static string Processor(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000} s");

    public static string Memory(long? bytes) => bytes is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1048576.0:0} MiB") : NotTold;

    public static string Ratio(Spread ratio) => double.IsFinite(ratio.Median)
        ? $"{Short(ratio.Median)} ({Short(ratio.Least)} to {Short(ratio.Most)})"
        : NotTold;

    public static string Ratio(double? ratio) => ratio is { } known ? Short(known) : NotTold;

    private static string Short(double ratio) => ratio.ToString(ratio < 9.995 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
