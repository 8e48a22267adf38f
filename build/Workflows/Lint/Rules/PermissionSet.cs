using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>What jobs may do with GitHub's token and identity.</summary>
public static class PermissionSet
{
    public const string Identity = "id-token";

    private static readonly string[] Levels = ["none", "read", "write"];

    // according to the actions' documentation; checking out a public repository would work without, but ours may be private
    private static readonly IReadOnlyList<(string Action, string Permission, string Level)> Needs =
    [
        (CheckoutFirst.Action, "contents", "read"),
        ("aws-actions/configure-aws-credentials", Identity, "write"),
        ("actions/attest", Identity, "write"),
        ("actions/attest", "attestations", "write"),
        ("actions/attest-build-provenance", Identity, "write"),
        ("actions/attest-build-provenance", "attestations", "write"),
        ("actions/attest-sbom", Identity, "write"),
        ("actions/attest-sbom", "attestations", "write"),
        ("github/codeql-action/upload-sarif", "security-events", "write"),
    ];

    public static IEnumerable<(string Name, string Level)> Stated(JobDefinition job) =>
        job.Permissions?.Fields.Select(permission => (permission.Name, permission.Text ?? "none")) ?? [];

    public static bool Grants(JobDefinition job, string name, string level) =>
        Array.IndexOf(Levels, Stated(job).FirstOrDefault(one => one.Name == name).Level ?? "none") >= Array.IndexOf(Levels, level);

    /// <summary>What the actions of a job need, including those inside composite actions.</summary>
    public static IEnumerable<(string Name, string Level, StepDefinition Step)> NeededBy(JobDefinition job, WorkflowFiles files) =>
        job.Steps.SelectMany(step => Needed(step, files)).DistinctBy(need => need.Name);

    private static IEnumerable<(string Name, string Level, StepDefinition Step)> Needed(StepDefinition step, WorkflowFiles files) =>
        files.ActionOf(step) is { } action
            ? action.Steps.Where(inner => Runs(inner, step)).SelectMany(inner => Needed(inner, files)).Select(need => (need.Name, need.Level, step))
            : Needs.Where(need => step.IsAction(need.Action)).Select(need => (need.Permission, need.Level, step));

    // a step whose condition refers to an input of its action runs if the input is given
    private static bool Runs(StepDefinition inner, StepDefinition caller) =>
        inner.If?.Text is not { } condition || !condition.Contains("inputs.", StringComparison.Ordinal)
        || caller.With?.Fields.Any(given => condition.Contains($"inputs.{given.Name}", StringComparison.Ordinal) && given.Text is not ("" or "false")) == true;
}
