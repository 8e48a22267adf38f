namespace Slipway.Build.Cli.Output;

/// <summary>How the run ended, kept until after Cake's report: the exception, and the last lines to print.</summary>
public sealed class Outcome
{
    private readonly List<string> _closingLines = [];

    /// <summary>The exception that stopped the run; null if there was none.</summary>
    public Exception? Failure { get; private set; }

    public IReadOnlyList<string> ClosingLines => _closingLines;

    public void Close(string line) => _closingLines.Add(line);

    public void Fail(Exception failure) => Failure = failure;

    /// <summary>The exit code, given that of Cake's host, which recognizes only Cake's own exceptions.</summary>
    public int ExitCode(int hostCode) =>
        hostCode == ExitCodes.Done ? ExitCodes.Done
        : Failure is null ? ExitCodes.Failed
        : ExitCodes.Of(Failure);
}
