using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Build.Sdk;
using Slipway.Sdk.Tests.Definitions;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Sdk.Tests.Wire;

/// <summary>A deployment describes a task definition and registers it with another image; members that the classes lack would be lost.</summary>
public sealed class TaskDefinitionTests
{
    private readonly StandIn _standIn = StandIn.All.Single(standIn => standIn.Client == typeof(IAmazonECS));

    [Test]
    public void HaveAllThatThePinnedVersionHas()
    {
        _standIn.Require();

        var surface = StandInSurface.Of(_standIn.Client.Assembly);
        var classes = surface.Types.Where(type => type.Value.Kind is not (SurfaceKind.Constant or SurfaceKind.Exception)).ToDictionary();
        Assert.That(_standIn.Pinned.MissedBy(surface with { Types = classes }), Is.Empty);
    }

    [Test]
    public async Task AreRegisteredAgainJustAsTheyWereDescribed()
    {
        var registration = new Sample(Repository.Definitions().Definition(_standIn.Service.Definition), _standIn.Pinned).Of("RegisterTaskDefinitionRequest").AsObject();
        // tags are next to a described task definition, not in it
        var described = registration.DeepClone().AsObject();
        described.Remove("tags");
        await using var service = await ServiceDouble.StartAsync();
        service.Answers(new JsonObject { ["taskDefinition"] = described, ["tags"] = registration["tags"]!.DeepClone() }.ToJsonString());

        using var client = new AmazonECSClient(ServiceDouble.Keys, service.Configure(new AmazonECSConfig()));
        var answer = await client.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest());
        var again = new RegisterTaskDefinitionRequest { Tags = answer.Tags };
        foreach (var property in typeof(TaskDefinition).GetProperties())
            typeof(RegisterTaskDefinitionRequest).GetProperty(property.Name)?.SetValue(again, property.GetValue(answer.TaskDefinition));
        await client.RegisterTaskDefinitionAsync(again);

        var sent = service.Questions.Last().Body!;
        Assert.That(JsonNode.DeepEquals(sent, registration), $"sent {sent}\ninstead of {registration}");
    }
}
