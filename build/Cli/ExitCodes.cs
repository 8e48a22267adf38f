using Cake.Core;

namespace Slipway.Build.Cli;

/// <summary>The exit codes of the process.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int Refused = 3;

    /// <summary>The exit code for an exception: <see cref="Failed"/> unless the exception has its own.</summary>
    public static int Of(Exception exception) => exception switch
    {
        UsageException => WrongUsage,
        RefusedException => Refused,
        CakeException { ExitCode: not Done } cake => cake.ExitCode,
        { InnerException: { } inner } => Of(inner),
        _ => Failed,
    };
}
