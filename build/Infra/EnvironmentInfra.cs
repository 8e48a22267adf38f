namespace Slipway.Build;

/// <summary>What Terraform builds of an environment: <c>infra/environments/&lt;name&gt;</c>.</summary>
/// <param name="backend">Where the state is kept, as far as the root module leaves it open.</param>
/// <param name="package">The zip with the automation's executable.</param>
public sealed class EnvironmentInfra(TerraformTool terraform, string environment, IReadOnlyList<string> backend, string package, IProgressReport report)
{
    /// <returns>Whether there is something to change.</returns>
    public bool Plan()
    {
        report.Step("Prepare Terraform", step => terraform.Init(backend, step.Now));
        var changes = report.Step("Compare with what is there", step => terraform.Plan(
            new Dictionary<string, string> { ["package"] = package }, step.Now));
        foreach (var line in changes ?? [])
            report.Line(line);
        if (changes is null)
            report.Line($"'{environment}' is as infra/environments/{environment} says: nothing to change.");
        return changes is not null;
    }

    public void Apply()
    {
        if (!Plan())
            return;
        report.Step("Change it", step => terraform.Apply(step.Now));
        report.Line($"'{environment}' is built. Next: ./build.sh --target=Deploy --environment={environment}");
    }
}
