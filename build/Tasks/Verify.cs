namespace Slipway.Build.Tasks;

[TaskDescription("Test, Format and LintWorkflows: every check that must pass before a change is merged.")]
[IsDependentOn(typeof(Test))]
[IsDependentOn(typeof(Format))]
[IsDependentOn(typeof(LintWorkflows))]
public sealed class Verify : FrostingTask<BuildContext>;
