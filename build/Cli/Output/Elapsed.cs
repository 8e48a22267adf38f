using System.Globalization;

namespace Slipway.Build.Cli.Output;

/// <summary>Formats durations for people.</summary>
public static class Elapsed
{
    public static string Text(TimeSpan time) => time.TotalMinutes >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
