using Slipway.Build.Cli;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Infra;

/// <summary>The Terraform configuration of an environment.</summary>
/// <param name="source">The configuration files.</param>
/// <param name="package">The zip with the automation's executable.</param>
/// <param name="stop">
/// Prevents the next step. Terraform finishes the current one itself: if this process ended first, the closed pipe would kill Terraform
/// before it could write and unlock its state.
/// </param>
public sealed class EnvironmentInfra(
    TerraformTool terraform, string environment, InfraSource source, string package, IProgressReport report, CancellationToken stop)
{
    /// <returns>Terraform's description of the changes; null if there are none.</returns>
    /// <exception cref="SlipwayException">Terraform failed or was stopped.</exception>
    public IReadOnlyList<string>? Plan()
    {
        var changes = Compare();
        foreach (var line in changes ?? [])
            report.Line(line);
        if (changes is null)
            report.Line($"'{environment}' matches the code in infra/: nothing to change.");
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
            report.Step("Apply the changes", step => terraform.Apply(step.Now));
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException(
                $"{e.Message.TrimEnd()}{Environment.NewLine}Some resources may have changed; Terraform's state records which. To continue, run it again: ./build.sh --target=ApplyInfra --environment={environment}", e);
        }

        report.Line($"'{environment}' is up to date. Next: ./build.sh --target=Deploy --environment={environment}");
        return changes;
    }

    /// <summary>Compares the actual environment with the code. Changes nothing.</summary>
    /// <exception cref="RefusedException">They differ; the message lists the differences.</exception>
    /// <exception cref="SlipwayException">Terraform failed or was stopped.</exception>
    public void Check(WorkflowJob job)
    {
        var changes = Compare(refresh: true);
        foreach (var line in changes ?? [])
            report.Line(line);
        var drift = changes is null ? null : new ConfigurationDrift(environment, changes);
        job.Summarize(drift?.Report ?? new Section($"No configuration drift in {environment}", []));
        if (drift is not null)
            throw new RefusedException(drift.Message);
        report.Line($"No configuration drift: the actual resources of '{environment}' match the code in infra/.");
    }

    private IReadOnlyList<string>? Compare(bool refresh = false)
    {
        try
        {
            report.Step("Prepare Terraform", step => terraform.Init([source.Backend], step.Now));
            StopWhenAsked();
            return report.Step("Compare with the actual resources", step => terraform.Plan(source.Values, new Dictionary<string, string> { ["package"] = package }, step.Now, refresh));
        }
        catch (SlipwayException) when (stop.IsCancellationRequested)
        {
            // its output only reports the interruption, for each resource
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
