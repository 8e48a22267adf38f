using Slipway.Build.Cli;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Rollbacks;

/// <summary>
/// Brings a rollback to an end that nobody can misread: done, and how long it took; or not done, and what is live now. Whoever reads it may have
/// been woken up by it, and read the last line alone.
/// </summary>
/// <param name="name">Of the environment.</param>
public sealed class LoudRollback(string name, IProgressReport report, WorkflowJob job, TimeProvider time)
{
    /// <summary>A look at an environment that may be the reason why the rollback failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

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
            // nothing was tried: what would be right is all that there is to say
            throw;
        }
        catch (Exception e)
        {
            var now = $"The rollback did not work. {await LiveAsync(environment)}";
            report.Close(now);
            job.Annotate(new(AnnotationLevel.Error, now, "Rollback failed"));
            job.Summarize(new Section($"Rollback failed in {name}", [new Paragraph(now, ParagraphStyle.Verdict), new Paragraph(e.Message)]));
            throw;
        }
    }

    // not the token of the work: that may have been cancelled, and then this is wanted all the more
    private async Task<string> LiveAsync(SlipwayEnvironment? environment)
    {
        if (environment is null)
            return $"The environment '{name}' could not even be opened, so nothing was changed in it, and what is live there can not be told from here. Mend what stands above, and run this again.";

        using var late = new CancellationTokenSource(Patience, time);
        try
        {
            // a look that does not listen is left behind, and whatever goes wrong with it must not hide why the rollback failed
            await environment.ShowStatusAsync(report, late.Token).WaitAsync(late.Token);
        }
        catch (Exception e)
        {
            report.Line($"The status can not be had: {(e is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : e.Message)}");
        }

        return await SayAsync(environment);
    }

    private async Task<string> SayAsync(SlipwayEnvironment environment)
    {
        using var late = new CancellationTokenSource(Patience, time);
        try
        {
            return $"Live in '{environment.Name}' now: {await LiveNow.DescribeAsync(environment, late.Token).WaitAsync(late.Token)}. "
                + $"Mend what stands above and run the same again, or name another way: --what={RollbackArguments.Traffic}, or --what={RollbackArguments.Model} --model=<name> --to=<version>.";
        }
        catch (Exception)
        {
            return $"What is live in '{environment.Name}' can not be told: its store does not answer. Gateway and servers go on with what they have; when the store is back, run ./build.sh --target=Status{environment.Argument}";
        }
    }
}
