using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tools;
using Slipway.Registry;
using Slipway.Reporting;

namespace Slipway.Build;

/// <summary>What a run ended with, where a person sees it who has not read the log: above it, on the page of the run, and at the files that it is about.</summary>
public static class JobEnd
{
    private const int MostLines = 20;

    /// <param name="hostCode">What Cake's host ended with.</param>
    public static void Show(WorkflowJob job, Invocation invocation, Outcome outcome, int hostCode)
    {
        if (hostCode == ExitCodes.Done)
            job.End(failure: null);
        else
            Show(
                job, invocation.CommandLine,
                outcome.Failure ?? new SlipwayException("It ended before its first task, for the reason that stands in the log."), invocation.Paths);
    }

    /// <param name="asked">What was asked for, rightly or wrongly.</param>
    /// <param name="paths">Null where it did not come so far.</param>
    public static void Show(WorkflowJob job, CommandLine asked, Exception failure, Paths? paths)
    {
        var target = string.Join(" and ", asked.Targets.DefaultIfEmpty(CommandLine.DefaultTarget));
        if (paths is not null)
            foreach (var error in CompileErrors(failure))
                job.Annotate(error.Annotation(paths));
        string[] lines = [.. failure.Message.Split('\n').Select(line => line.TrimEnd())];
        job.Summarize(new Section($"{target} {Word(failure)}", [new CodeBlock(lines)]));
        job.End(new(AnnotationLevel.Error, string.Join('\n', lines.Take(MostLines)), target));
    }

    private static string Word(Exception failure) => ExitCodes.Of(failure) switch
    {
        ExitCodes.Refused => "was refused",
        ExitCodes.WrongUsage => "was asked for in a wrong way",
        _ => "failed",
    };

    private static IReadOnlyList<BuildError> CompileErrors(Exception? failure) => failure switch
    {
        null => [],
        BuildFailedException build => build.Errors,
        _ => CompileErrors(failure.InnerException),
    };
}
