using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Slipway.Build.TestReports;

/// <param name="Message">The test's message, with the top of its stack trace.</param>
public sealed record FailedTest(string Name, string Message)
{
    /// <summary>Its stack trace as far as the source is known, innermost frame first.</summary>
    public IReadOnlyList<SourceLine> Stack { get; init; } = [];
}

/// <param name="File">The full path, as the compiler recorded it.</param>
public sealed record SourceLine(string File, int Line);

/// <param name="Name">With its fixture, if that is known.</param>
public sealed record TimedTest(string Name, TimeSpan Elapsed);

/// <summary>The results file of a test run.</summary>
/// <param name="Errors">Errors of the run as a whole, such as a crash or a hang.</param>
public sealed partial record TrxReport(int Passed, IReadOnlyList<FailedTest> Failed, IReadOnlyList<SkippedTest> Skipped, IReadOnlyList<string> Errors)
{
    /// <summary>The prefix of the reason of a skipped test that lacks nothing, but has nothing to test on this machine.</summary>
    public const string NotApplicableReason = "Not applicable: ";

    private const int StackLines = 6;

    /// <summary>How long each test ran, without the set-up of its fixture.</summary>
    public IReadOnlyList<TimedTest> Times { get; init; } = [];

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The tests that were skipped because they do not apply here; the other skipped ones lack something.</summary>
    public IReadOnlyList<SkippedTest> NotApplicable { get; init; } = [];

    /// <returns>Null if there is no report, or if it is truncated.</returns>
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
        var skipped = results.Where(group => IsSkipped(group.Key)).SelectMany(group => group).ToLookup(Applies);
        var fixtures = document.Descendants(Trx + "UnitTest").ToLookup(test => (string?)test.Attribute("id"), test => (string?)test.Element(Trx + "TestMethod")?.Attribute("className"));
        return new TrxReport(
            results["Passed"].Count(),
            // whatever neither passed nor was skipped (Failed, Error, Timeout, Aborted ...) did not pass
            [.. results.Where(group => !IsPassed(group.Key) && !IsSkipped(group.Key)).SelectMany(group => group).Select(Failure)],
            [.. skipped[true].Select(Skip)],
            [.. document.Descendants(Trx + "RunInfo")
                .Where(info => (string?)info.Attribute("outcome") is "Error" or "Failed")
                .Select(info => info.Value.Trim())])
        {
            NotApplicable = [.. skipped[false].Select(Skip)],
            Times = [.. results.SelectMany(group => group).Select(result => Time(result, fixtures[(string?)result.Attribute("testId")].FirstOrDefault()))],
        };
    }

    private static TimedTest Time(XElement result, string? fixture) => new(
        fixture is null ? Name(result) : $"{fixture[(fixture.LastIndexOf('.') + 1)..]}.{Name(result)}",
        TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out var elapsed) ? elapsed : TimeSpan.Zero);

    private static bool IsPassed(string outcome) => outcome is "Passed";

    private static bool IsSkipped(string outcome) => outcome is "NotExecuted" or "Inconclusive";

    private static bool Applies(XElement result) => !Reason(result).StartsWith(NotApplicableReason, StringComparison.Ordinal);

    private static SkippedTest Skip(XElement result) => new(Name(result), Applies(result) ? Reason(result) : Reason(result)[NotApplicableReason.Length..]);

    // NUnit prefixes it with the step in which the test was skipped
    private static string Reason(XElement result) => Step().Replace(Message(result) ?? "", "").ReplaceLineEndings(" ").Trim() is { Length: > 0 } reason ? reason : "no reason given";

    private static string? Message(XElement result) => result.Descendants(Trx + "Message").FirstOrDefault()?.Value;

    private static string Name(XElement result) => (string?)result.Attribute("testName") ?? "a test without a name";

    private static FailedTest Failure(XElement result)
    {
        var message = Message(result)?.TrimEnd() ?? "no message";
        string[] stack = [.. (result.Descendants(Trx + "StackTrace").FirstOrDefault()?.Value ?? string.Empty)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith("at ", StringComparison.Ordinal))]; // NUnit repeats the frames as 1) 2) ...
        return new FailedTest(Name(result), string.Join('\n', stack.Take(StackLines).Prepend(message))) { Stack = [.. stack.Select(Where).OfType<SourceLine>()] };
    }

    private static SourceLine? Where(string frame) => Frame().Match(frame) is { Success: true } match
        && int.TryParse(match.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? new(match.Groups["file"].Value, line) : null;

    [GeneratedRegex("^(OneTimeSetUp|SetUp): ")]
    private static partial Regex Step();

    // at Slipway.Build.Tests.X.Y() in /repo/tests/Build/X.cs:line 3
    [GeneratedRegex(@"^at .* in (?<file>.+):line (?<line>\d+)$")]
    private static partial Regex Frame();
}
