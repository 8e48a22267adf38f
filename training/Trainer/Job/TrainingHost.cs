using Slipway.Registry;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.Custom;

namespace Slipway.Trainer.Job;

/// <summary>
/// Runs a job so that it ends as SageMaker expects: with exit code 0 and a model, or with 1 and the reason in <c>output/failure</c>, and promptly
/// when it is asked to stop.
/// </summary>
public sealed class TrainingHost(JobFolder folder, ModelTrainers trainers, TextWriter output, TextWriter error, TimeProvider time)
{
    /// <param name="stop">Completes when the job is to stop: SageMaker sends SIGTERM and kills after 120 seconds.</param>
    public async Task<int> RunAsync(Task stop)
    {
        using var signal = new JobStop();
        // A thread of its own that does not keep the process alive: LightGBM cannot be interrupted,
        // so a stopped job does not wait for it.
        var job = Task.Factory.StartNew(
            () => new TrainingJob(folder, trainers, new(output, time), time).Run(signal),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (await Task.WhenAny(job, stop) == stop && signal.TryStop())
            return Fail("The job was stopped from outside before it was done. It produced no model; start it again to get one.");

        try
        {
            await job;
            return 0;
        }
        catch (CustomCodeException e) when (e.InnerException is { } cause and not SlipwayException)
        {
            await error.WriteLineAsync(cause.ToString());
            return Fail(e.Message);
        }
        catch (SlipwayException e)
        {
            return Fail(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"A file could not be read or written: {e.Message}");
        }
        catch (Exception e)
        {
            await error.WriteLineAsync(e.ToString());
            return Fail($"The trainer failed unexpectedly, which is a bug: {e.GetType().Name}: {e.Message} See the log for details.");
        }
    }

    private int Fail(string reason)
    {
        error.WriteLine(reason);
        try
        {
            folder.WriteFailure(reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The reason could not be written to output/failure: {e.Message}");
        }

        return 1;
    }
}
