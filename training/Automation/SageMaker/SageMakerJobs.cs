using Amazon.Runtime;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Aws;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.SageMaker;

/// <summary>Claimed jobs on SageMaker, under their own names: however often it is requested, a job runs once.</summary>
public sealed class SageMakerJobs(IAmazonSageMaker client, IObjectStore store, AwsEnvironmentRecord environment) : IJobVerifier
{
    /// <summary>The AWS region in which they run.</summary>
    public string Region => environment.Region;

    /// <returns>False if a job of that name exists already: it is running, or has ended.</returns>
    public async Task<bool> StartAsync(Lineage lineage, CancellationToken cancellation)
    {
        var request = TrainingJobRendering.Render(lineage, await ChannelsAsync(lineage.TrainingJob, cancellation), environment);
        return await AwsErrors.GuardAsync("sagemaker:CreateTrainingJob", $"start training job {lineage.TrainingJob}", async () =>
        {
            try
            {
                await client.CreateTrainingJobAsync(request, cancellation);
                return true;
            }
            catch (AmazonServiceException e) when (AwsErrors.IsInUse(e))
            {
                return false;
            }
        });
    }

    /// <returns>Null if SageMaker does not have the job.</returns>
    public async Task<SageMakerJob?> FindAsync(string job, CancellationToken cancellation) =>
        await DescribeAsync(job, cancellation) is { } found ? SageMakerJob.Of(found) : null;

    public async Task<string?> VerifyAsync(Lineage lineage, CancellationToken cancellation)
    {
        if (await DescribeAsync(lineage.TrainingJob, cancellation) is not { } job)
            return $"SageMaker has no training job {lineage.TrainingJob}; jobs that it did not run are not signed.";
        try
        {
            return TrainingJobComparison.Contradiction(lineage, await ChannelsAsync(lineage.TrainingJob, cancellation), job, environment);
        }
        catch (UnstartableJobException e)
        {
            return e.Message; // none of our jobs could have been started like this
        }
    }

    private Task<DescribeTrainingJobResponse?> DescribeAsync(string job, CancellationToken cancellation) =>
        AwsErrors.GuardAsync("sagemaker:DescribeTrainingJob", $"describe training job {job}", async () =>
        {
            try
            {
                return (DescribeTrainingJobResponse?)await client.DescribeTrainingJobAsync(new() { TrainingJobName = job }, cancellation);
            }
            catch (AmazonServiceException e) when (AwsErrors.IsNotFound(e))
            {
                return null;
            }
        });

    /// <summary>Requests that a job be stopped. A job that has already ended is left alone.</summary>
    public Task StopAsync(string job, CancellationToken cancellation) =>
        AwsErrors.GuardAsync("sagemaker:StopTrainingJob", $"stop training job {job}", async () =>
        {
            try
            {
                await client.StopTrainingJobAsync(new() { TrainingJobName = job }, cancellation);
                return true;
            }
            catch (AmazonServiceException e) when (e.ErrorCode == "ValidationException" || AwsErrors.IsNotFound(e))
            {
                return false; // it has ended, as requested
            }
        });

    private async Task<IReadOnlyCollection<string>> ChannelsAsync(string job, CancellationToken cancellation)
    {
        var prefix = StoreKeys.TrainingInput(job);
        var channels = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var input in store.ListKeysAsync(prefix, cancellation: cancellation))
            if (input[prefix.Length..].Split('/') is [var channel, _])
                channels.Add(channel);
        return channels.Count > 0 ? channels : throw new UnstartableJobException($"Training job {job} has no input: there is nothing under '{prefix}' in the store.");
    }
}
