using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Slipway.Build;

/// <param name="Message">What the test said, with the top of its stack trace.</param>
public sealed record FailedTest(string Name, string Message)
{
    /// <summary>Its stack trace as far as the code is known, from where it failed outwards.</summary>
    public IReadOnlyList<SourceLine> Stack { get; init; } = [];
}

/// <param name="File">As the compiler knew it: in full.</param>
public sealed record SourceLine(string File, int Line);

/// <param name="Name">With its fixture, as far as that is known.</param>
public sealed record TimedTest(string Name, TimeSpan Elapsed);

/// <summary>The results that a test run wrote down.</summary>
/// <param name="Errors">What the runner says of the run as a whole, such as a crash or a hang.</param>
public sealed partial record TrxReport(int Passed, IReadOnlyList<FailedTest> Failed, IReadOnlyList<string> Skipped, IReadOnlyList<string> Errors)
{
    private const int StackLines = 6;

    /// <summary>How long each test ran, without the set-up of its fixture.</summary>
    public IReadOnlyList<TimedTest> Times { get; init; } = [];

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <returns>Null when there is no report or it broke off.</returns>
    public static TrxReport? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Of(XDocument.Load(path)) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static TrxReport Of(XDocument document)
    {
        var results = document.Descendants(Trx + "UnitTestResult").ToLookup(result => (string?)result.Attribute("outcome") ?? "Failed");
        var fixtures = document.Descendants(Trx + "UnitTest").ToLookup(test => (string?)test.Attribute("id"), test => (string?)test.Element(Trx + "TestMethod")?.Attribute("className"));
        return new TrxReport(
            results["Passed"].Count(),
            // whatever is neither passed nor skipped (Failed, Error, Timeout, Aborted ...) did not pass
            [.. results.Where(group => !IsPassed(group.Key) && !IsSkipped(group.Key)).SelectMany(group => group).Select(Failure)],
            [.. results.Where(group => IsSkipped(group.Key)).SelectMany(group => group).Select(Name)],
            [.. document.Descendants(Trx + "RunInfo")
                .Where(info => (string?)info.Attribute("outcome") is "Error" or "Failed")
                .Select(info => info.Value.Trim())])
        {
            Times = [.. results.SelectMany(group => group).Select(result => Time(result, fixtures[(string?)result.Attribute("testId")].FirstOrDefault()))],
        };
    }

    private static TimedTest Time(XElement result, string? fixture) => new(
        fixture is null ? Name(result) : $"{fixture[(fixture.LastIndexOf('.') + 1)..]}.{Name(result)}",
        TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out var elapsed) ? elapsed : TimeSpan.Zero);

    private static bool IsPassed(string outcome) => outcome is "Passed";

    private static bool IsSkipped(string outcome) => outcome is "NotExecuted" or "Inconclusive";

    private static string Name(XElement result) => (string?)result.Attribute("testName") ?? "a test without a name";

    private static FailedTest Failure(XElement result)
    {
        var message = result.Descendants(Trx + "Message").FirstOrDefault()?.Value.TrimEnd() ?? "no message";
        string[] stack = [.. (result.Descendants(Trx + "StackTrace").FirstOrDefault()?.Value ?? string.Empty)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith("at ", StringComparison.Ordinal))]; // NUnit repeats the frames as 1) 2) ...
        return new FailedTest(Name(result), string.Join('\n', stack.Take(StackLines).Prepend(message))) { Stack = [.. stack.Select(Where).OfType<SourceLine>()] };
    }

    private static SourceLine? Where(string frame) => Frame().Match(frame) is { Success: true } match
        && int.TryParse(match.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? new(match.Groups["file"].Value, line) : null;

    // at Slipway.Build.Tests.X.Y() in /repo/tests/Build/X.cs:line 3
    [GeneratedRegex(@"^at .* in (?<file>.+):line (?<line>\d+)$")]
    private static partial Regex Frame();
}
