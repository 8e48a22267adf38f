using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Aws;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.SageMaker;

/// <summary>Whether a job on SageMaker is the one that its lineage describes: its request is rendered again and compared with what SageMaker reports. Pure.</summary>
public static class TrainingJobComparison
{
    // what SageMaker itself adds to a job's hyperparameters
    private static readonly string[] OfThePlatform = ["sagemaker_", "_tuning_"];

    /// <param name="channels">The folders under the job's input.</param>
    /// <returns>The first difference, as a sentence; null if there is none.</returns>
    public static string? Contradiction(Lineage lineage, IEnumerable<string> channels, DescribeTrainingJobResponse job, AwsEnvironmentRecord environment)
    {
        var expected = TrainingJobRendering.Render(lineage, channels, environment);
        return Differs("ran the image", job.AlgorithmSpecification?.TrainingImage, expected.AlgorithmSpecification.TrainingImage)
            ?? Differs("started", Command(job.AlgorithmSpecification), Command(expected.AlgorithmSpecification))
            ?? Differs("had the environment variables", Pairs(job.Environment), Pairs(expected.Environment))
            ?? Differs("had the role", job.RoleArn, expected.RoleArn)
            ?? Differs("read", Inputs(job.InputDataConfig), Inputs(expected.InputDataConfig))
            ?? Differs("wrote to", job.OutputDataConfig?.S3OutputPath, expected.OutputDataConfig.S3OutputPath)
            ?? Differs("ran in", Network(job.VpcConfig), Network(expected.VpcConfig))
            ?? Differs("was given the hyperparameters", Hyperparameters(job.HyperParameters), Hyperparameters(expected.HyperParameters))
            ?? (job.EnableNetworkIsolation == expected.EnableNetworkIsolation ? null : $"Training job {lineage.TrainingJob} had network access, which published jobs must not have.");

        string? Differs(string what, string? actual, string? wanted) => actual == wanted
            ? null
            : $"Training job {lineage.TrainingJob} {what} {actual ?? "nothing"} according to SageMaker, but {wanted} according to its record. Somebody started it differently, or modified the record; it is not signed.";
    }

    private static string Inputs(List<Channel>? channels) => string.Join(", ", (channels ?? [])
        .Select(channel => $"{channel.ChannelName}={Source(channel.DataSource?.S3DataSource)}").Order(StringComparer.Ordinal).DefaultIfEmpty("nothing"));

    // a manifest may reference any file
    private static string Source(S3DataSource? source) => source is null ? "no S3"
        : source.S3DataType == S3DataType.S3Prefix ? source.S3Uri
        : $"{source.S3Uri} as {source.S3DataType?.Value ?? "nothing"}";

    private static string Command(AlgorithmSpecification? algorithm) =>
        string.Join(' ', [.. algorithm?.ContainerEntrypoint ?? ["the image's own entry point"], .. algorithm?.ContainerArguments ?? []]);

    private static string Network(VpcConfig? vpc) => vpc is null
        ? "no subnets of ours"
        : $"the subnets {string.Join(", ", (vpc.Subnets ?? []).Order(StringComparer.Ordinal))} with the security groups {string.Join(", ", (vpc.SecurityGroupIds ?? []).Order(StringComparer.Ordinal))}";

    private static string Hyperparameters(Dictionary<string, string>? given) =>
        Pairs((given ?? []).Where(pair => !OfThePlatform.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.Ordinal))));

    private static string Pairs(IEnumerable<KeyValuePair<string, string>>? pairs) => string.Join(' ', (pairs ?? [])
        .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}").DefaultIfEmpty("none"));
}
