using Slipway.Build.Cli;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>
/// Ends a rollback with a result that nobody can misread: either done, and how long it took; or failed, and what is live now. Whoever reads it may
/// have been woken up by it, and may read only the last line.
/// </summary>
/// <param name="name">The name of the environment.</param>
public sealed class RollbackReporter(string name, IProgressReport report, WorkflowJob job, TimeProvider time)
{
    /// <summary>How long to wait for the status of an environment that may itself be the reason for the failure.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);

    /// <param name="open">Opens the environment.</param>
    /// <param name="work">Returns what it did, as a sentence.</param>
    public async Task RunAsync(
        Func<CancellationToken, Task<SlipwayEnvironment>> open, Func<SlipwayEnvironment, CancellationToken, Task<string>> work, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        SlipwayEnvironment? environment = null;
        try
        {
            environment = await open(cancellation);
            var done = await work(environment, cancellation);
            report.Line(done);
            report.Line($"The rollback took {Elapsed.Text(time.GetElapsedTime(started))}.");
            job.Summarize(new Section($"Rolled back in {name}", [new Paragraph($"{done} It took {Elapsed.Text(time.GetElapsedTime(started))}.")]));
        }
        catch (UsageException)
        {
            // nothing was tried, so the message only explains what would be valid
            throw;
        }
        catch (Exception e)
        {
            var now = $"The rollback failed. {await LiveAsync(environment)}";
            report.Close(now);
            job.Annotate(new(AnnotationLevel.Error, now, "Rollback failed"));
            job.Summarize(new Section($"Rollback failed in {name}", [new Paragraph(now, ParagraphStyle.Verdict), new Paragraph(e.Message)]));
            throw;
        }
    }

    // not the token of the work: that may have been cancelled, and the status is needed all the more
    private async Task<string> LiveAsync(SlipwayEnvironment? environment)
    {
        if (environment is null)
            return $"The environment '{name}' could not be opened, so nothing was changed in it, and what is live there is unknown. Fix the error above, then run this again.";

        using var late = new CancellationTokenSource(Timeout, time);
        try
        {
            // a status request that hangs is abandoned, and its failure must not hide why the rollback failed
            await environment.ShowStatusAsync(report, late.Token).WaitAsync(late.Token);
        }
        catch (Exception e)
        {
            report.Line($"The status is not available: {(e is OperationCanceledException ? $"no response within {Timeout.TotalSeconds:0} s" : e.Message)}");
        }

        return await DescribeAsync(environment);
    }

    private async Task<string> DescribeAsync(SlipwayEnvironment environment)
    {
        using var late = new CancellationTokenSource(Timeout, time);
        try
        {
            return $"Live in '{environment.Name}' now: {await LiveState.DescribeAsync(environment, late.Token).WaitAsync(late.Token)}. "
                + $"Fix the error above and run the same command again, or roll back in another way: --what={RollbackArguments.Traffic}, or --what={RollbackArguments.Model} --model=<name> --to=<version>.";
        }
        catch (Exception)
        {
            return $"What is live in '{environment.Name}' is unknown: its store does not respond. Gateway and servers continue with what they have; when the store is back, run ./build.sh --target=Status{environment.Argument}";
        }
    }
}
