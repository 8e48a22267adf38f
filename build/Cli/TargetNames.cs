namespace Slipway.Build.Cli;

/// <summary>The targets that code below the tasks has to name: for locks, messages and the check of workflows. A test holds them to the tasks' own names.</summary>
public static class TargetNames
{
    public const string ApplyInfra = "ApplyInfra";
    public const string Benchmark = "Benchmark";
    public const string Deploy = "Deploy";
    public const string Format = "Format";
    public const string Promote = "Promote";
    public const string PushImages = "PushImages";
    public const string Register = "Register";
    public const string Rollback = "Rollback";
    public const string Sign = "Sign";
    public const string Soak = "Soak";
    public const string Train = "Train";
    public const string Watch = "Watch";
}
