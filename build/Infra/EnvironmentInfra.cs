using Slipway.Registry;
using Slipway.Reporting;

namespace Slipway.Build;

/// <summary>What Terraform builds of an environment: <c>infra/environments/&lt;name&gt;</c>.</summary>
/// <param name="backend">Where the state is kept, as far as the root module leaves it open.</param>
/// <param name="package">The zip with the automation's executable.</param>
/// <param name="stop">
/// Keeps the next step from beginning. Terraform ends the one that it is in by itself: were this process gone before it, it would die of the
/// closed pipe, with its state unwritten and still locked.
/// </param>
public sealed class EnvironmentInfra(
    TerraformTool terraform, string environment, IReadOnlyList<string> backend, string package, IProgressReport report, CancellationToken stop)
{
    /// <returns>What would change, in Terraform's words; null when nothing would.</returns>
    /// <exception cref="SlipwayException">Terraform failed, or it was stopped.</exception>
    public IReadOnlyList<string>? Plan()
    {
        var changes = Compare();
        foreach (var line in changes ?? [])
            report.Line(line);
        if (changes is null)
            report.Line($"'{environment}' is as infra/environments/{environment} says: nothing to change.");
        return changes;
    }

    /// <inheritdoc cref="Plan"/>
    public IReadOnlyList<string>? Apply()
    {
        if (Plan() is not { } changes)
            return null;
        StopWhenAsked();
        try
        {
            report.Step("Change it", step => terraform.Apply(step.Now));
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException(
                $"{e.Message.TrimEnd()}{Environment.NewLine}A part may be changed, and Terraform's state says which. The same again goes on from there: ./build.sh --target=ApplyInfra --environment={environment}", e);
        }

        report.Line($"'{environment}' is built. Next: ./build.sh --target=Deploy --environment={environment}");
        return changes;
    }

    /// <summary>Reads back all that is there, and compares it with the code. It changes nothing.</summary>
    /// <exception cref="RefusedException">Something differs; the message lists it.</exception>
    /// <exception cref="SlipwayException">Terraform failed, or it was stopped.</exception>
    public void Check(WorkflowJob job)
    {
        var changes = Compare(refresh: true);
        foreach (var line in changes ?? [])
            report.Line(line);
        var drift = changes is null ? null : new InfraDrift(environment, changes);
        job.Summarize(drift?.Report ?? new Section($"{environment} is as infra/environments/{environment} says", []));
        if (drift is not null)
            throw new RefusedException(drift.Message);
        report.Line($"'{environment}' is as infra/environments/{environment} says, after all was read back.");
    }

    private IReadOnlyList<string>? Compare(bool refresh = false)
    {
        try
        {
            report.Step("Prepare Terraform", step => terraform.Init(backend, step.Now));
            StopWhenAsked();
            return report.Step("Compare with what is there", step => terraform.Plan(new Dictionary<string, string> { ["package"] = package }, step.Now, refresh));
        }
        catch (SlipwayException) when (stop.IsCancellationRequested)
        {
            // it says of each resource that it was interrupted
            throw Stopped();
        }
    }

    private void StopWhenAsked()
    {
        if (stop.IsCancellationRequested)
            throw Stopped();
    }

    private SlipwayException Stopped() => new($"Stopped. Nothing was changed in '{environment}'.");
}
