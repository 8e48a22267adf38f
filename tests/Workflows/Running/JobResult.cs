namespace Slipway.Workflows.Tests.Running;

/// <param name="Step">The id, or else what it runs or uses.</param>
/// <param name="Outcome"><c>success</c>, <c>failure</c> or <c>skipped</c>.</param>
internal sealed record StepResult(string Step, string Outcome, int ExitCode, string Output, TimeSpan Took, IReadOnlyDictionary<string, string> Outputs);

/// <param name="Summary">What its steps wrote for the page of the run.</param>
internal sealed record JobResult(string Outcome, IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<StepResult> Steps, string Summary)
{
    public static JobResult Skipped { get; } = new("skipped", new Dictionary<string, string>(), [], "");

    public StepResult this[string step] => Steps.Single(one => one.Step.Contains(step, StringComparison.Ordinal) && one.Outcome != "skipped");

    public string Log => string.Join('\n', Steps.Where(step => step.Output.Length > 0).Select(step => $"--- {step.Step}: {step.Outcome} ({step.ExitCode})\n{step.Output}"));
}
