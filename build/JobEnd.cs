using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tools;
using Slipway.Registry;
using Slipway.Reporting;

namespace Slipway.Build;

/// <summary>Shows how a run ended to people who have not read the log: as annotations, in the summary of the run, and on the files concerned.</summary>
public static class JobEnd
{
    private const int MaxLines = 20;

    /// <param name="hostCode">The exit code of Cake's host.</param>
    public static void Show(WorkflowJob job, Invocation invocation, Outcome outcome, int hostCode)
    {
        if (hostCode == ExitCodes.Done)
            job.End(failure: null);
        else
            Show(
                job, invocation.CommandLine,
                outcome.Failure ?? new SlipwayException("It ended before its first task; see the log for the reason."), invocation.Paths);
    }

    /// <param name="asked">The command line, valid or not.</param>
    /// <param name="paths">Null if it did not get that far.</param>
    public static void Show(WorkflowJob job, CommandLine asked, Exception failure, Paths? paths)
    {
        var target = string.Join(" and ", asked.Targets.DefaultIfEmpty(CommandLine.DefaultTarget));
        if (paths is not null)
            foreach (var error in CompileErrors(failure))
                job.Annotate(error.Annotation(paths));
        string[] lines = [.. failure.Message.Split('\n').Select(line => line.TrimEnd())];
        job.Summarize(new Section($"{target} {Word(failure)}", [new CodeBlock(lines)]));
        job.End(new(AnnotationLevel.Error, string.Join('\n', lines.Take(MaxLines)), target));
    }

    private static string Word(Exception failure) => ExitCodes.Of(failure) switch
    {
        ExitCodes.Refused => "was refused",
        ExitCodes.WrongUsage => "was called incorrectly",
        _ => "failed",
    };

    private static IReadOnlyList<BuildError> CompileErrors(Exception? failure) => failure switch
    {
        null => [],
        BuildFailedException build => build.Errors,
        _ => CompileErrors(failure.InnerException),
    };
}
