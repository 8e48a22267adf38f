using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Aws;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.SageMaker;

/// <summary>The request that starts a claimed job on SageMaker. Pure.</summary>
public static class TrainingJobRendering
{
    // A job may wait for spot capacity as long as it may run.
    private const int SpotTimeoutFactor = 2;
    private const int MaxSeconds = 28 * 24 * 60 * 60; // SageMaker's own limit

    /// <param name="channels">The folders under the job's input.</param>
    /// <exception cref="UnstartableJobException">The job does not name an image that SageMaker could pull.</exception>
    public static CreateTrainingJobRequest Render(Lineage lineage, IEnumerable<string> channels, AwsEnvironmentRecord environment)
    {
        var training = environment.Training;
        return new()
        {
            TrainingJobName = lineage.TrainingJob,
            RoleArn = training.Role,
            AlgorithmSpecification = new()
            {
                TrainingImage = Image(lineage, environment),
                TrainingInputMode = TrainingInputMode.File,
                MetricDefinitions = TrainingMetrics.Definitions,
            },
            InputDataConfig = [.. channels.Select(channel => Channel(lineage.TrainingJob, channel, environment.Bucket))],
            // SageMaker adds <job>/output/model.tar.gz: StoreKeys.TrainingArtifact.
            OutputDataConfig = new() { S3OutputPath = $"s3://{environment.Bucket}/training-jobs", KmsKeyId = training.Key },
            // One machine: there is no traffic between containers to encrypt.
            ResourceConfig = new()
            {
                InstanceCount = 1,
                InstanceType = training.InstanceType,
                VolumeSizeInGB = training.VolumeGigabytes,
                VolumeKmsKeyId = training.Key,
            },
            // No checkpoints: training takes minutes, and a restarted job gives the same bytes.
            EnableManagedSpotTraining = training.Spot,
            StoppingCondition = new()
            {
                MaxRuntimeInSeconds = training.MostSeconds,
                MaxWaitTimeInSeconds = training.Spot ? Math.Min(training.MostSeconds * SpotTimeoutFactor, MaxSeconds) : null,
            },
            // The trainer needs its files and nothing else.
            EnableNetworkIsolation = true,
            VpcConfig = training.Subnets.Count == 0 ? null : new() { Subnets = [.. training.Subnets], SecurityGroupIds = [.. training.SecurityGroups] },
            Environment = new() { ["DOTNET_EnableDiagnostics"] = "0" }, // no sockets for debuggers
            Tags = [.. Tags(lineage, environment).Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        };
    }

    /// <summary>The maximum duration of a job with everything that SageMaker does around it, and some margin: waiting longer is futile.</summary>
    public static TimeSpan Timeout(AwsTraining training) =>
        TimeSpan.FromSeconds(training.Spot ? Math.Min(training.MostSeconds * SpotTimeoutFactor, MaxSeconds) : training.MostSeconds) + TimeSpan.FromMinutes(30);

    internal static string Image(Lineage lineage, AwsEnvironmentRecord environment) =>
        lineage.Environment.Image.StartsWith("sha256:", StringComparison.Ordinal)
            ? $"{environment.Images.Model}@{lineage.Environment.Image}"
            : throw new UnstartableJobException(
                $"Training job {lineage.TrainingJob} names '{lineage.Environment.Image}' as its image, which is not a digest of {environment.Images.Model}. "
                + $"Run ./build.sh --target=Deploy --environment={environment.Name}: it pushes the image and records it in the model's recipe.");

    private static Channel Channel(string job, string channel, string bucket) => new()
    {
        ChannelName = channel,
        InputMode = TrainingInputMode.File,
        DataSource = new()
        {
            S3DataSource = new()
            {
                S3DataType = S3DataType.S3Prefix,
                S3DataDistributionType = S3DataDistribution.FullyReplicated,
                S3Uri = $"s3://{bucket}/{StoreKeys.TrainingInput(job)}{channel}/",
            },
        },
    };

    private static IEnumerable<KeyValuePair<string, string>> Tags(Lineage lineage, AwsEnvironmentRecord environment) =>
    [
        new("slipway:environment", environment.Name),
        new("slipway:model", lineage.Model),
        new("slipway:dataset", LineageTags.Value($"{lineage.Dataset.Key} {lineage.Dataset.Version}")),
        new("slipway:commit", lineage.Source.Dirty ? $"{lineage.Source.Commit} dirty" : lineage.Source.Commit),
    ];
}
