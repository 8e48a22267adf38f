using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Aws;

/// <summary>
/// Terraform's description of an environment: the parameter <c>/slipway/&lt;name&gt;/environment</c> in Parameter Store, and the
/// variable <see cref="Variable"/> of the Lambda functions.
/// </summary>
/// <param name="Bucket">The store.</param>
/// <param name="Gateway">The gateway's name in the store.</param>
/// <param name="PublicUrl">The URL for callers.</param>
/// <param name="PredictionKeySecret">ARN of the secret with the key of prediction ids.</param>
/// <param name="ApiKeySecret">ARN of the secret with the API key that callers send; null if callers need none.</param>
/// <param name="PageTokenSecret">ARN of the secret with the token of the operator's page; null if the environment was applied before there was one.</param>
public sealed record AwsEnvironmentRecord(
    string Name,
    string Region,
    string Bucket,
    string Gateway,
    string PublicUrl,
    string PredictionKeySecret,
    string? ApiKeySecret,
    AwsFleet Fleet,
    AwsImages Images,
    AwsTraining Training,
    AwsAutomation Automation,
    AwsSigning Signing,
    string? PageTokenSecret = null)
{
    /// <summary>The environment variable of the Lambda functions that contains this record as JSON.</summary>
    public const string Variable = "SLIPWAY_ENVIRONMENT";

    public static string Parameter(string environment) => $"/slipway/{environment}/environment";

    /// <param name="place">Where the text comes from, as the beginning of a sentence.</param>
    /// <param name="environment">For the command that writes it again.</param>
    /// <exception cref="SlipwayException">It does not describe an environment; the message says what is wrong with it.</exception>
    public static AwsEnvironmentRecord Parse(string json, string place, string environment = "<name>")
    {
        var again = $"Apply the environment's Terraform again: ./build.sh --target=ApplyInfra --environment={environment}";
        try
        {
            return CompleteJson.Deserialize(json, AwsEnvironmentJson.Default.AwsEnvironmentRecord)
                ?? throw new SlipwayException($"{place} is empty. {again}");
        }
        catch (JsonException e)
        {
            throw new SlipwayException(
                $"{place} does not describe an environment: {e.Message} It was written for another version of Slipway, or changed by hand. {again}", e);
        }
    }
}

/// <param name="Cluster">Name of the ECS cluster.</param>
/// <param name="Blue">Name of the ECS service; the same holds for the other two.</param>
/// <param name="Capacity">The number of servers that a color has while it has traffic.</param>
/// <param name="IdleMinimum">The number of servers that a color keeps without traffic, the minimum for autoscaling.</param>
/// <param name="RollbackWindowSeconds">How long the previous color keeps its capacity after traffic has moved.</param>
/// <param name="Architecture">The CPU architecture of the tasks, as named by ECS; null if Terraform was applied before this member existed.</param>
public sealed record AwsFleet(
    string Cluster, string Gateway, string Blue, string Green, int Capacity, int IdleMinimum, int RollbackWindowSeconds, string? Architecture = null)
{
    /// <summary>The name of a color's ECS service.</summary>
    public string Server(Color color) => color == Color.Blue ? Blue : Green;
}

/// <param name="Model">URI of the repository with the image that trains and serves.</param>
/// <param name="Gateway">URI of the repository with the gateway's image.</param>
public sealed record AwsImages(string Model, string Gateway);

/// <param name="Role">ARN of the role of training jobs.</param>
/// <param name="Key">ARN of the KMS key for volumes and output.</param>
/// <param name="MostSeconds">A job that runs longer is stopped.</param>
/// <param name="Spot">Whether jobs run on spot capacity; an interrupted job starts again.</param>
/// <param name="ModelPackageGroupPrefix">The prefix of a model's group, followed by its name.</param>
public sealed record AwsTraining(
    string Role,
    string InstanceType,
    int VolumeGigabytes,
    int MostSeconds,
    bool Spot,
    string Key,
    IReadOnlyList<string> Subnets,
    IReadOnlyList<string> SecurityGroups,
    string ModelPackageGroupPrefix);

/// <param name="DatasetArrived">Name of the Lambda function; the same holds for the other one.</param>
/// <param name="DeadLetters">URL of the queue with events that no function could process.</param>
public sealed record AwsAutomation(string DatasetArrived, string TrainingFinished, string DeadLetters);

/// <param name="Key">ARN of the KMS key that signs manifests.</param>
/// <param name="Mode">How servers treat a manifest that no trusted key signed.</param>
/// <param name="TrustedKeys">PEM: the public half of that key first, then those of earlier keys.</param>
public sealed record AwsSigning(string Key, SignatureMode Mode, string TrustedKeys)
{
    /// <exception cref="SlipwayException">One of the keys is invalid.</exception>
    public SignaturePolicy ToPolicy() => new(Mode, new(Registry.Signing.TrustedKeys.Read(TrustedKeys)));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AwsEnvironmentRecord))]
public sealed partial class AwsEnvironmentJson : JsonSerializerContext;
