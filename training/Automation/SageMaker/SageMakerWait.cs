using System.Globalization;
using Slipway.Automation.Jobs;
using Slipway.Registry;

namespace Slipway.Automation.SageMaker;

/// <summary>Follows a job to its end: its steps, and its trainer's output. It waits for a limited time.</summary>
public sealed class SageMakerWait(SageMakerJobs jobs, TimeProvider time)
{
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    // CloudWatch shows a line some seconds after it was printed, and the last lines say why a job failed.
    private static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(3);

    /// <exception cref="SlipwayException">The job did not end in time; it may still do so.</exception>
    public async Task<TrainingEnd> UntilEndAsync(string job, TrainingJobLog log, TimeSpan timeout, Action<string> output, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        for (var shown = 0; ;)
        {
            var now = await jobs.FindAsync(job, cancellation)
                ?? throw new SlipwayException($"SageMaker has no training job {job}. Start the training again.");
            for (; shown < now.Steps.Count; shown++)
                output(Line(now.Steps[shown], time.GetElapsedTime(began)));
            await log.FollowAsync(output, cancellation);
            if (now.End is { } end)
            {
                await Task.Delay(LogDelay, time, cancellation);
                await log.FollowAsync(output, cancellation);
                return end;
            }

            if (time.GetElapsedTime(began) >= timeout)
                throw new SlipwayException(
                    $"Training job {job} did not end within {timeout.TotalMinutes:0} minutes. It was not stopped: its outcome will be in '{StoreKeys.TrainingOutcome(job)}'.");
            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    private static string Line(SageMakerStep step, TimeSpan elapsed)
    {
        var at = step.At is { } moment ? $"{moment.ToUniversalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC, " : "";
        var message = step.Message.Length > 0 ? $": {step.Message}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"[{at}{elapsed.TotalSeconds:0} s] {step.Status}{message}");
    }
}
