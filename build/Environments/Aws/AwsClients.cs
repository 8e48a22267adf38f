using Amazon;
using Amazon.ApplicationAutoScaling;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SageMaker;
using Amazon.SecretsManager;
using Amazon.SimpleSystemsManagement;
using Slipway.Automation.Aws;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Environments.Aws;

/// <summary>
/// One client per service, all for the same region. Credentials come from the SDK's default chain: environment variables, profile, single sign-on,
/// or the role of the machine.
/// </summary>
public sealed class AwsClients(AwsSettings settings)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public IAmazonS3 S3 { get; } = new AmazonS3Client(Configure(new AmazonS3Config { ForcePathStyle = settings.Endpoint is not null }, settings));
    public IAmazonECS Ecs { get; init; } = new AmazonECSClient(Configure(new AmazonECSConfig(), settings));
    public IAmazonECR Ecr { get; } = new AmazonECRClient(Configure(new AmazonECRConfig(), settings));
    public IAmazonSageMaker SageMaker { get; } = new AmazonSageMakerClient(Configure(new AmazonSageMakerConfig(), settings));
    public IAmazonCloudWatchLogs Logs { get; } = new AmazonCloudWatchLogsClient(Configure(new AmazonCloudWatchLogsConfig(), settings));
    public IAmazonApplicationAutoScaling Scaling { get; init; } =
        new AmazonApplicationAutoScalingClient(Configure(new AmazonApplicationAutoScalingConfig(), settings));
    public IAmazonKeyManagementService Kms { get; } = new AmazonKeyManagementServiceClient(Configure(new AmazonKeyManagementServiceConfig(), settings));
    public IAmazonSecretsManager Secrets { get; } = new AmazonSecretsManagerClient(Configure(new AmazonSecretsManagerConfig(), settings));
    public IAmazonSimpleSystemsManagement Parameters { get; } =
        new AmazonSimpleSystemsManagementClient(Configure(new AmazonSimpleSystemsManagementConfig(), settings));

    private static T Configure<T>(T config, AwsSettings settings) where T : ClientConfig
    {
        if (settings.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = settings.Region;
            if (endpoint.IsLoopback)
                config.HttpClientFactory = new EmulatorConnections();
        }
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);

        return config.Bounded(Timeout);
    }
}
