namespace Slipway.Build.Tasks;

[TaskDescription("Test, Format and LintWorkflows: all that must hold before a change is taken.")]
[IsDependentOn(typeof(Test))]
[IsDependentOn(typeof(Format))]
[IsDependentOn(typeof(LintWorkflows))]
public sealed class Verify : FrostingTask<BuildContext>;
