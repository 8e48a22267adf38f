namespace Slipway.Hosting.Telemetry.CloudWatch;

/// <summary>Where a service's figures go.</summary>
/// <param name="Namespace">In CloudWatch; one for each environment, because environments may share an account.</param>
/// <param name="Output">Lines in the embedded metric format; the log driver of the container takes them to CloudWatch.</param>
public sealed record CloudWatchTarget(string Namespace, IReadOnlyList<CloudWatchFigure> Figures, TextWriter Output)
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public const string NamespaceRule = "1 to 255 letters, digits, and characters of .-_/#:, not beginning with AWS/";

    public static bool IsNamespace(string text) => text.Length is >= 1 and <= 255 && !text.StartsWith("AWS/", StringComparison.OrdinalIgnoreCase)
        && text.All(character => char.IsAsciiLetterOrDigit(character) || ".-_/#:".Contains(character));

    /// <summary>The figures of a service on the console.</summary>
    /// <returns>Null if it has no namespace: then nothing is sent.</returns>
    public static CloudWatchTarget? OnConsole(string? name, IReadOnlyList<CloudWatchFigure> figures) =>
        name is { Length: > 0 } ? new(name, figures, Console.Out) : null;
}
