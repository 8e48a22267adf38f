namespace Slipway.Build.Cli.GitHub;

/// <summary>A note that GitHub shows next to a line of a file, and above the log of the job.</summary>
/// <param name="File">Relative to the repository; null if it does not refer to a file.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Title">A few words; the message is the rest.</param>
public sealed record Annotation(AnnotationLevel Level, string Message, string? Title = null, string? File = null, int? Line = null, int? Column = null);

public enum AnnotationLevel
{
    Notice,
    Warning,
    Error,
}
