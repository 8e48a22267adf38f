namespace Slipway.Build.Cli.Output;

/// <summary>How the run ended, kept for after Cake's report: what was thrown, and the lines that are to be the last.</summary>
public sealed class Outcome
{
    private readonly List<string> _closingLines = [];

    /// <summary>What stopped the run; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    public IReadOnlyList<string> ClosingLines => _closingLines;

    public void Close(string line) => _closingLines.Add(line);

    public void Fail(Exception failure) => Failure = failure;

    /// <summary>The exit code, given the one of Cake's host, which knows only Cake's own exceptions.</summary>
    public int ExitCode(int hostCode) =>
        hostCode == ExitCodes.Done ? ExitCodes.Done
        : Failure is null ? ExitCodes.Failed
        : ExitCodes.Of(Failure);
}
