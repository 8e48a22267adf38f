using System.Text.Json.Nodes;
using Amazon.ApplicationAutoScaling;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime.Documents;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using PutScheduledActionRequest = Amazon.ApplicationAutoScaling.Model.PutScheduledActionRequest;
using ScalableTargetAction = Amazon.ApplicationAutoScaling.Model.ScalableTargetAction;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Sdk.Tests.Wire;

/// <summary>What a call sends to a service: the operation, the signature and the names in the body.</summary>
public sealed class RequestTests
{
    private ServiceDouble _service = null!;

    [SetUp]
    public async Task StartTheService()
    {
        _service = await ServiceDouble.StartAsync();
        _service.Answers("{}");
    }

    [TearDown]
    public async Task StopTheService()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    [Test]
    public async Task AsksSageMaker()
    {
        using var client = new AmazonSageMakerClient(ServiceDouble.Keys, _service.Configure(new AmazonSageMakerConfig()));
        await client.CreateTrainingJobAsync(new CreateTrainingJobRequest
        {
            TrainingJobName = "failure-1",
            HyperParameters = new() { ["trees"] = "100" },
            AlgorithmSpecification = new() { TrainingInputMode = TrainingInputMode.File },
            InputDataConfig = [new() { ChannelName = "train", DataSource = new() { S3DataSource = new() { S3DataType = "S3Prefix", S3Uri = "s3://store/in" } } }],
            ResourceConfig = new() { InstanceCount = 1, InstanceType = TrainingInstanceType.MlM5Large, VolumeSizeInGB = 10 },
            EnableManagedSpotTraining = false,
        });

        ShouldBe("SageMaker.CreateTrainingJob", "sagemaker", """
            {
              "TrainingJobName": "failure-1", "HyperParameters": { "trees": "100" }, "AlgorithmSpecification": { "TrainingInputMode": "File" },
              "InputDataConfig": [{ "ChannelName": "train", "DataSource": { "S3DataSource": { "S3DataType": "S3Prefix", "S3Uri": "s3://store/in" } } }],
              "ResourceConfig": { "InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 10 },
              "EnableManagedSpotTraining": false
            }
            """);
    }

    [Test]
    public async Task AsksECR()
    {
        using var client = new AmazonECRClient(ServiceDouble.Keys, _service.Configure(new AmazonECRConfig()));
        await client.BatchGetImageAsync(new BatchGetImageRequest { RepositoryName = "model", ImageIds = [new() { ImageDigest = "sha256:1" }] });

        ShouldBe("AmazonEC2ContainerRegistry_V20150921.BatchGetImage", "ecr",
            """{ "repositoryName": "model", "imageIds": [{ "imageDigest": "sha256:1" }] }""");
    }

    [Test]
    public async Task AsksECS()
    {
        using var client = new AmazonECSClient(ServiceDouble.Keys, _service.Configure(new AmazonECSConfig()));
        await client.UpdateServiceAsync(new UpdateServiceRequest
        {
            Service = "blue",
            DesiredCount = 2,
            DeploymentConfiguration = new() { DeploymentCircuitBreaker = new() { Enable = true, Rollback = true }, MinimumHealthyPercent = 100 },
        });

        ShouldBe("AmazonEC2ContainerServiceV20141113.UpdateService", "ecs", """
            {
              "service": "blue", "desiredCount": 2,
              "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true }, "minimumHealthyPercent": 100 }
            }
            """);
    }

    [Test]
    public async Task SendsOpenContent()
    {
        using var client = new AmazonECSClient(ServiceDouble.Keys, _service.Configure(new AmazonECSConfig()));
        await client.UpdateServiceAsync(new UpdateServiceRequest
        {
            DeploymentConfiguration = new()
            {
                LifecycleHooks = [new() { HookDetails = new Document(new Dictionary<string, Document> { ["a"] = new Document(new List<Document> { 1, 2.5, true, new Document(), "x", 5000000000 }) }) }, new() { RoleArn = "arn:role" }],
            },
        });

        ShouldBe("AmazonEC2ContainerServiceV20141113.UpdateService", "ecs",
            """{ "deploymentConfiguration": { "lifecycleHooks": [{ "hookDetails": { "a": [1, 2.5, true, null, "x", 5000000000] } }, { "roleArn": "arn:role" }] } }""");
    }

    [Test]
    public async Task AsksApplicationAutoScaling()
    {
        using var client = new AmazonApplicationAutoScalingClient(ServiceDouble.Keys, _service.Configure(new AmazonApplicationAutoScalingConfig()));
        await client.PutScheduledActionAsync(new PutScheduledActionRequest
        {
            ServiceNamespace = ServiceNamespace.Ecs,
            ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
            EndTime = new DateTime(2026, 1, 1, 0, 0, 0, 500, DateTimeKind.Utc),
            ScalableTargetAction = new ScalableTargetAction { MinCapacity = 0 },
        });

        ShouldBe("AnyScaleFrontendService.PutScheduledAction", "application-autoscaling", """
            {
              "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount", "EndTime": 1767225600.5,
              "ScalableTargetAction": { "MinCapacity": 0 }
            }
            """);
    }

    [Test]
    public async Task AsksCloudWatchLogs()
    {
        using var client = new AmazonCloudWatchLogsClient(ServiceDouble.Keys, _service.Configure(new AmazonCloudWatchLogsConfig()));
        await client.GetLogEventsAsync(new GetLogEventsRequest
        {
            LogGroupName = "/aws/sagemaker/TrainingJobs",
            StartFromHead = true,
            StartTime = new DateTime(2026, 1, 1, 0, 0, 0, 500, DateTimeKind.Utc),
        });

        ShouldBe("Logs_20140328.GetLogEvents", "logs",
            """{ "logGroupName": "/aws/sagemaker/TrainingJobs", "startFromHead": true, "startTime": 1767225600500 }""");
    }

    [Test]
    public async Task AsksSecretsManager()
    {
        using var client = new AmazonSecretsManagerClient(ServiceDouble.Keys, _service.Configure(new AmazonSecretsManagerConfig()));
        await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "slipway/key" });

        ShouldBe("secretsmanager.GetSecretValue", "secretsmanager", """{ "SecretId": "slipway/key" }""");
    }

    [Test]
    public async Task GivesAModelPackageATokenSoThatItIsNotCreatedTwice()
    {
        using var client = new AmazonSageMakerClient(ServiceDouble.Keys, _service.Configure(new AmazonSageMakerConfig()));
        var request = new CreateModelPackageRequest { ModelPackageGroupName = "failure" };
        await client.CreateModelPackageAsync(request);
        await client.CreateModelPackageAsync(new CreateModelPackageRequest { ClientToken = "mine" });

        var tokens = _service.Questions.Select(question => (string?)question.Body!["ClientToken"]).ToList();
        Assert.That(Guid.TryParse(tokens[0], out _));
        Assert.That(tokens[1], Is.EqualTo("mine"));
        Assert.That(request.ClientToken, Is.Null);
    }

    private void ShouldBe(string target, string scope, string body)
    {
        var question = _service.Questions.Single();
        Assert.That(question.Headers["X-Amz-Target"], Is.EqualTo(target));
        Assert.That(question.Headers["Content-Type"], Is.EqualTo("application/x-amz-json-1.1"));
        Assert.That(question.Headers["Authorization"], Does.Match($"^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{{8}}/eu-west-1/{scope}/aws4_request, "));
        Assert.That(JsonNode.DeepEquals(question.Body, JsonNode.Parse(body)), question.Body!.ToJsonString());
    }
}
