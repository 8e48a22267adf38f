using Spectre.Console;

namespace Slipway.Build;

/// <summary>The report that fits where the output goes, and shorter ways to run a step.</summary>
public static class ProgressReports
{
    public static IProgressReport ForThisConsole(Outcome outcome)
    {
        var plain = Console.IsOutputRedirected
            || EnvironmentVariables.IsSet(EnvironmentVariables.Ci)
            || Environment.GetEnvironmentVariable(EnvironmentVariables.Terminal) == "dumb";
        return plain
            ? new PlainReport(Console.Out, outcome, TimeProvider.System)
            : new TerminalReport(AnsiConsole.Console, outcome, TimeProvider.System);
    }

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
