using Amazon.ApplicationAutoScaling;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.SageMaker;
using Amazon.SecretsManager;
using Slipway.Sdk.Tests.Wire;
using ApplicationAutoScaling = Amazon.ApplicationAutoScaling.Model;
using CloudWatchLogs = Amazon.CloudWatchLogs.Model;
using ECR = Amazon.ECR.Model;
using ECS = Amazon.ECS.Model;
using SageMaker = Amazon.SageMaker.Model;
using SecretsManager = Amazon.SecretsManager.Model;

namespace Slipway.Sdk.Tests.Emulator;

/// <summary>A call of each service to an AWS that was not written for these clients.</summary>
public sealed class EmulatorTests
{
    private MotoServer _moto = null!;

    [OneTimeSetUp]
    public async Task StartMoto()
    {
        await ServiceDouble.RequireClientsThatSendAsync();
        _moto = await MotoServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopMoto()
    {
        if (_moto is not null)
            await _moto.DisposeAsync();
    }

    [Test]
    public async Task TrainsOnSageMaker()
    {
        using var client = new AmazonSageMakerClient(ServiceDouble.Keys, _moto.Configure(new AmazonSageMakerConfig()));
        await client.CreateTrainingJobAsync(new SageMaker.CreateTrainingJobRequest
        {
            TrainingJobName = "failure-1",
            RoleArn = "arn:aws:iam::123456789012:role/training",
            AlgorithmSpecification = new() { TrainingImage = "model@sha256:1", TrainingInputMode = TrainingInputMode.File },
            InputDataConfig = [new() { ChannelName = "train", DataSource = new() { S3DataSource = new() { S3DataType = S3DataType.S3Prefix, S3Uri = "s3://store/in" } } }],
            OutputDataConfig = new() { S3OutputPath = "s3://store/out" },
            ResourceConfig = new() { InstanceCount = 1, InstanceType = TrainingInstanceType.MlM5Large, VolumeSizeInGB = 10 },
            StoppingCondition = new() { MaxRuntimeInSeconds = 600 },
        });
        var job = await client.DescribeTrainingJobAsync(new SageMaker.DescribeTrainingJobRequest { TrainingJobName = "failure-1" });

        Assert.That(job.AlgorithmSpecification.TrainingImage, Is.EqualTo("model@sha256:1"));
        Assert.That(job.CreationTime, Is.Not.Null);
    }

    [Test]
    public void MissesARepositoryOfECR()
    {
        using var client = new AmazonECRClient(ServiceDouble.Keys, _moto.Configure(new AmazonECRConfig()));

        Assert.That(
            () => client.DescribeImagesAsync(new ECR.DescribeImagesRequest { RepositoryName = "model" }),
            Throws.TypeOf<ECR.RepositoryNotFoundException>());
    }

    [Test]
    public async Task RegistersATaskDefinitionOfECS()
    {
        using var client = new AmazonECSClient(ServiceDouble.Keys, _moto.Configure(new AmazonECSConfig()));
        await client.RegisterTaskDefinitionAsync(new ECS.RegisterTaskDefinitionRequest
        {
            Family = "server",
            RequiresCompatibilities = ["FARGATE"],
            NetworkMode = NetworkMode.Awsvpc,
            Cpu = "256",
            Memory = "512",
            ContainerDefinitions = [new() { Name = "server", Image = "model@sha256:1", PortMappings = [new() { ContainerPort = 8080 }] }],
        });
        var described = await client.DescribeTaskDefinitionAsync(new ECS.DescribeTaskDefinitionRequest { TaskDefinition = "server" });

        Assert.That(described.TaskDefinition.ContainerDefinitions.Single().PortMappings.Single().ContainerPort, Is.EqualTo(8080));
    }

    [Test]
    public async Task ListsTargetsOfApplicationAutoScaling()
    {
        using var client = new AmazonApplicationAutoScalingClient(ServiceDouble.Keys, _moto.Configure(new AmazonApplicationAutoScalingConfig()));
        var targets = await client.DescribeScalableTargetsAsync(new ApplicationAutoScaling.DescribeScalableTargetsRequest { ServiceNamespace = ServiceNamespace.Ecs });

        Assert.That(targets.ScalableTargets, Is.Empty);
    }

    [Test]
    public void MissesAGroupOfCloudWatchLogs()
    {
        using var client = new AmazonCloudWatchLogsClient(ServiceDouble.Keys, _moto.Configure(new AmazonCloudWatchLogsConfig()));

        Assert.That(
            () => client.DescribeLogStreamsAsync(new CloudWatchLogs.DescribeLogStreamsRequest { LogGroupName = "/aws/sagemaker/TrainingJobs" }),
            Throws.TypeOf<CloudWatchLogs.ResourceNotFoundException>());
    }

    [Test]
    public void MissesASecret()
    {
        using var client = new AmazonSecretsManagerClient(ServiceDouble.Keys, _moto.Configure(new AmazonSecretsManagerConfig()));

        Assert.That(
            () => client.GetSecretValueAsync(new SecretsManager.GetSecretValueRequest { SecretId = "slipway/key" }),
            Throws.TypeOf<SecretsManager.ResourceNotFoundException>());
    }
}
