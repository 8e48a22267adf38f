using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Automation.Tests.Aws;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Fleets.Aws;
using Slipway.Build.Images;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Build.Tests.Environments.Fleets.Aws;

[Category("Sdk")]
public sealed class RunningImagesTests
{
    [Test]
    public async Task ServiceInTheMiddleOfADeploymentRunsTwoImages()
    {
        var images = await ImagesAsync(
            new() { TaskDefinition = "server:3", DesiredCount = 1, RunningCount = 0 }, new() { TaskDefinition = "server:2", DesiredCount = 0, RunningCount = 1 },
            new() { TaskDefinition = "server:1", DesiredCount = 0, RunningCount = 0 });

        Assert.That(images.Select(image => image.Uri), Is.EqualTo(new[] { "registry/model@sha256:3", "registry/model@sha256:2" }));
    }

    [Test]
    public async Task ServiceWithoutTasksRunsNone() =>
        Assert.That(await ImagesAsync(new Deployment { TaskDefinition = "server:1", DesiredCount = 0, RunningCount = 0 }), Is.Empty);

    private static async Task<IReadOnlyList<ImageReference>> ImagesAsync(params Deployment[] deployments)
    {
        var fleet = new EcsFleet(
            new("shore", "x", "b", "main", "u", "k", null, new("cluster", "gateway", "blue", "green", 1, 1, 60), null!, null!, null!, null!), ClientDouble.Of<IAmazonECS>(new FakeEcs(deployments)),
            new("x", null, ImageSource.Registry), TimeProvider.System);
        return await fleet.ImagesAsync(fleet.Server(Slipway.Registry.Channels.Color.Blue), default);
    }

    private sealed class FakeEcs(Deployment[] deployments)
    {
        public Task<DescribeServicesResponse> DescribeServicesAsync(DescribeServicesRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new DescribeServicesResponse { Services = [new() { ServiceName = request.Services.Single(), Status = "ACTIVE", Deployments = [.. deployments] }] });

        public Task<DescribeTaskDefinitionResponse> DescribeTaskDefinitionAsync(DescribeTaskDefinitionRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new DescribeTaskDefinitionResponse
            {
                TaskDefinition = new() { ContainerDefinitions = [new() { Name = "server", Image = $"registry/model@sha256:{request.TaskDefinition.Split(':')[1]}" }] },
            });
    }
}
