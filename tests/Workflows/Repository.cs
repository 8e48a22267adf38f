using Slipway.Build;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Workflows.Lint.Rules;
using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Workflows.Tests;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Repository
{
    public static Paths Paths { get; } = Paths.Find(AppContext.BaseDirectory, AppContext.BaseDirectory);

    /// <summary>The build as it would begin there.</summary>
    public static Invocation Invocation { get; } = Invocation.Create(Paths, []);

    public static IReadOnlyList<IWorkflowRule> Rules { get; } =
        WorkflowRules.All(new(Invocation.Targets, Invocation.Facts, ShellWord.IsOpen));
}
