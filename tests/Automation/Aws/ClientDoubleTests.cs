using Amazon.SageMaker;
using Amazon.SageMaker.Model;

namespace Slipway.Automation.Tests.Aws;

[Category("Sdk")]
public sealed class ClientDoubleTests
{
    private IAmazonSageMaker _client = null!;

    [SetUp]
    public void Make() => _client = ClientDouble.Of<IAmazonSageMaker>(new Fake());

    [TearDown]
    public void DisposeOf() => _client.Dispose();

    [Test]
    public async Task HandsACallToTheMethodOfTheFake() =>
        Assert.That((await _client.CreateModelPackageGroupAsync(new() { ModelPackageGroupName = "pumps" })).ModelPackageGroupArn, Is.EqualTo("arn:pumps"));

    [Test]
    public void ThrowsWhatTheFakeThrows() => Assert.That(() => _client.StopTrainingJobAsync(new()), Throws.InvalidOperationException.With.Message.EqualTo("stopped already"));

    [Test]
    public void RefusesACallThatTheFakeDoesNotKnow() =>
        Assert.That(() => _client.ListTrainingJobsAsync(new()), Throws.TypeOf<NotSupportedException>().With.Message.Contains("Fake has no").And.Message.Contains("ListTrainingJobsAsync"));

    // what the double calls by name
    private sealed class Fake
    {
        public Task<CreateModelPackageGroupResponse> CreateModelPackageGroupAsync(CreateModelPackageGroupRequest request, CancellationToken _) =>
            Task.FromResult(new CreateModelPackageGroupResponse { ModelPackageGroupArn = $"arn:{request.ModelPackageGroupName}" });

        public Task<StopTrainingJobResponse> StopTrainingJobAsync(StopTrainingJobRequest _, CancellationToken __) => throw new InvalidOperationException("stopped already");
    }
}
