using System.Net;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using ResourceInUseException = Amazon.SageMaker.Model.ResourceInUseException;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Sdk.Tests.Wire;

/// <summary>What a caller gets from a response.</summary>
public sealed class ResponseTests
{
    private ServiceDouble _service = null!;

    [SetUp]
    public async Task StartTheService() => _service = await ServiceDouble.StartAsync();

    [TearDown]
    public async Task StopTheService()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    [Test]
    public async Task ReadsWhatItKnowsAndLeavesTheRest()
    {
        _service.Answers("""
            {
              "TrainingJobName": "failure-1", "NewerMember": { "a": [1] }, "ResponseMetadata": 7, "TrainingJobStatus": "NewerStatus",
              "CreationTime": 1767225600.5, "TrainingEndTime": "2026-01-01T00:00:00Z", "BillableTimeInSeconds": 60,
              "SecondaryStatusTransitions": [{ "Status": "Downloading", "StatusMessage": null }]
            }
            """);
        using var client = new AmazonSageMakerClient(ServiceDouble.Keys, _service.Configure(new AmazonSageMakerConfig()));
        var job = await client.DescribeTrainingJobAsync(new DescribeTrainingJobRequest());

        Assert.That(job.TrainingJobName, Is.EqualTo("failure-1"));
        Assert.That(job.TrainingJobStatus, Is.EqualTo(new TrainingJobStatus("NewerStatus")));
        Assert.That(job.CreationTime, Is.EqualTo(new DateTime(2026, 1, 1, 0, 0, 0, 500, DateTimeKind.Utc)));
        Assert.That(job.TrainingEndTime, Is.EqualTo(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.That(job.BillableTimeInSeconds, Is.EqualTo(60));
        Assert.That(job.SecondaryStatusTransitions.Single().Status, Is.SameAs(SecondaryStatus.Downloading));
        Assert.That(job.InputDataConfig, Is.Null, "collections are null until set");
        Assert.That(job.ResponseMetadata.RequestId, Is.EqualTo("request-1"));
        Assert.That(job.HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("")]
    [TestCase("{}")]
    public async Task TakesNothingForAnAnswerWithoutMembers(string body)
    {
        _service.Answers(body);
        using var client = new AmazonSageMakerClient(ServiceDouble.Keys, _service.Configure(new AmazonSageMakerConfig()));

        Assert.That((await client.StopTrainingJobAsync(new StopTrainingJobRequest())).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ReadsMillisecondsOfLogEventsAsTimes()
    {
        _service.Answers("""{ "events": [{ "message": "epoch 1", "timestamp": 1767225600500 }] }""");
        using var client = new AmazonCloudWatchLogsClient(ServiceDouble.Keys, _service.Configure(new AmazonCloudWatchLogsConfig()));
        var answer = await client.GetLogEventsAsync(new GetLogEventsRequest());

        Assert.That(answer.Events.Single().Timestamp, Is.EqualTo(new DateTime(2026, 1, 1, 0, 0, 0, 500, DateTimeKind.Utc)));
    }

    [Test]
    public async Task ReadsASecretOfBytes()
    {
        _service.Answers("""{ "SecretBinary": "AQID", "VersionStages": ["AWSCURRENT"] }""");
        using var client = new AmazonSecretsManagerClient(ServiceDouble.Keys, _service.Configure(new AmazonSecretsManagerConfig()));
        var secret = await client.GetSecretValueAsync(new GetSecretValueRequest());

        Assert.That(secret.SecretBinary.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task ReadsOpenContent()
    {
        _service.Answers("""
            { "services": [{ "deploymentConfiguration": { "lifecycleHooks": [{ "roleArn": "arn:role", "hookDetails": { "a": [1, 2.5, true, null, "x", 5000000000] } }, {}] } }] }
            """);
        using var client = new AmazonECSClient(ServiceDouble.Keys, _service.Configure(new AmazonECSConfig()));
        var answer = await client.DescribeServicesAsync(new DescribeServicesRequest());

        var hooks = answer.Services.Single().DeploymentConfiguration.LifecycleHooks;
        var values = hooks[0].HookDetails.AsDictionary()["a"].AsList();
        Assert.That((values[0].AsInt(), values[1].AsDouble(), values[2].AsBool(), values[3].IsNull(), values[4].AsString(), values[5].AsLong()), Is.EqualTo((1, 2.5, true, true, "x", 5000000000)));
        Assert.That(hooks[1].HookDetails.IsNull());
    }

    [TestCase("""{ "__type": "com.amazonaws.ecs#ClusterNotFoundException", "message": "no such cluster" }""", null)]
    [TestCase("""{ "__type": "ClusterNotFoundException", "Message": "no such cluster" }""", null)]
    [TestCase("""{ "message": "no such cluster" }""", "ClusterNotFoundException")]
    [TestCase("""{ "message": "no such cluster" }""", "ClusterNotFoundException:http://internal.amazon.com/coral/com.amazonaws.ecs/")]
    public async Task ThrowsTheExceptionOfTheError(string body, string? header)
    {
        _service.Answers(body, status: 400, header);
        using var client = new AmazonECSClient(ServiceDouble.Keys, _service.Configure(new AmazonECSConfig()));
        var error = (await Assert.ThrowsAsync<ClusterNotFoundException>(() => client.ListTasksAsync(new ListTasksRequest())))!;

        Assert.That(error.Message, Is.EqualTo("no such cluster"));
        Assert.That(error.ErrorCode, Is.EqualTo("ClusterNotFoundException"));
        Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(error.RequestId, Is.EqualTo("request-1"));
    }

    [Test]
    public void ThrowsTheExceptionOfAnErrorThatIsCalledOtherwise()
    {
        _service.Answers("""{ "__type": "ResourceInUse", "Message": "the name is taken" }""", status: 400);
        using var client = new AmazonSageMakerClient(ServiceDouble.Keys, _service.Configure(new AmazonSageMakerConfig()));

        Assert.That(() => client.CreateTrainingJobAsync(new CreateTrainingJobRequest()), Throws.TypeOf<ResourceInUseException>());
    }

    [TestCase("""{ "__type": "ValidationException", "message": "no" }""", "ValidationException")]
    [TestCase("<html><body>Bad Gateway</body></html>", "")]
    [TestCase("", "")]
    public async Task ThrowsTheExceptionOfTheServiceForAnyOtherError(string body, string code)
    {
        _service.Answers(body, status: 400);
        using var client = new AmazonSageMakerClient(ServiceDouble.Keys, _service.Configure(new AmazonSageMakerConfig()));
        var error = (await Assert.ThrowsAsync<AmazonSageMakerException>(() => client.DescribeTrainingJobAsync(new DescribeTrainingJobRequest())))!;

        Assert.That(error.ErrorCode ?? "", Is.EqualTo(code));
        Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task AsksAgainWhenTheServiceIsBusy()
    {
        _service.Answers("""{ "__type": "ThrottlingException", "message": "slow down" }""", status: 503);
        _service.Answers("""{ "taskArns": ["arn:task"] }""");
        using var client = new AmazonECSClient(ServiceDouble.Keys, _service.Configure(new AmazonECSConfig()));
        var tasks = await client.ListTasksAsync(new ListTasksRequest());

        Assert.That(tasks.TaskArns, Is.EqualTo(new[] { "arn:task" }));
        Assert.That(_service.Questions.Select(question => question.Headers["amz-sdk-request"]), Is.EqualTo(new[] { "attempt=1; max=3", "attempt=2; max=3" }));
    }

    [Test]
    public async Task GivesUpAfterTheLastAttempt()
    {
        _service.Answers("""{ "__type": "ThrottlingException", "message": "slow down" }""", status: 503);
        var config = _service.Configure(new AmazonECSConfig { MaxErrorRetry = 1 });
        using var client = new AmazonECSClient(ServiceDouble.Keys, config);
        var error = (await Assert.ThrowsAsync<AmazonECSException>(() => client.ListTasksAsync(new ListTasksRequest())))!;

        Assert.That(error.ErrorCode, Is.EqualTo("ThrottlingException"));
        Assert.That(_service.Questions, Has.Count.EqualTo(2));
    }

    [Test]
    public void WaitsNoLongerThanItsTimeOut()
    {
        _service.AnswersNever();
        var config = _service.Configure(new AmazonECSConfig { Timeout = TimeSpan.FromMilliseconds(300), MaxErrorRetry = 0 });
        using var client = new AmazonECSClient(ServiceDouble.Keys, config);

        Assert.That(() => client.ListTasksAsync(new ListTasksRequest()), Throws.TypeOf<TimeoutException>());
    }
}
