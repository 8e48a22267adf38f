using Slipway.Build.Cli.Configuration;
using Spectre.Console;

namespace Slipway.Build.Cli.Output;

/// <summary>Chooses the report that suits the output, and offers shorter ways to run a step.</summary>
public static class ProgressReports
{
    public static IProgressReport ForThisConsole(Outcome outcome)
    {
        if (!IsPlain())
            return new TerminalReport(AnsiConsole.Console, outcome, TimeProvider.System);

        // Cake's log checks only TERM and would color a file
        Environment.SetEnvironmentVariable(EnvironmentVariables.NoColor, "1");
        return new PlainReport(Console.Out, outcome, TimeProvider.System);
    }

    private static bool IsPlain() =>
        Console.IsOutputRedirected
        || EnvironmentVariables.IsSet(EnvironmentVariables.Ci)
        || EnvironmentVariables.Value(EnvironmentVariables.Terminal) == "dumb";

    /// <summary>Keys and values below a title.</summary>
    public static void Table(this IProgressReport report, string title, IEnumerable<KeyValuePair<string, string>> rows) =>
        report.Show(new(title, [Reporting.Table.Pairs(rows)]));

    public static Task StepAsync(this IProgressReport report, string title, Func<IProgressStep, Task> work) =>
        report.StepAsync(title, async step =>
        {
            await work(step);
            return true;
        });

    public static T Step<T>(this IProgressReport report, string title, Func<IProgressStep, T> work) =>
        report.StepAsync(title, step => Task.FromResult(work(step))).GetAwaiter().GetResult();

    public static void Step(this IProgressReport report, string title, Action<IProgressStep> work) =>
        report.Step(title, step =>
        {
            work(step);
            return true;
        });
}
