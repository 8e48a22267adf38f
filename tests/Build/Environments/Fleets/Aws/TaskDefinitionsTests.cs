using Amazon.ECS.Model;
using Slipway.Build.Environments.Fleets.Aws;
using Slipway.Build.Images;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Fleets.Aws;

[Category("Sdk")]
public sealed class TaskDefinitionsTests
{
    private static readonly ImageReference Image = new("1.dkr.ecr.eu-central-1.amazonaws.com/slipway/model", "sha256:" + new string('a', 64));

    [Test]
    public void ChangesTheImageAndTheReleaseAndNothingElse()
    {
        var next = TaskDefinitions.Next(Newest(), [new() { Key = "team", Value = "ml" }], "server", Image);

        Assert.That(next.ContainerDefinitions[0].Image, Is.EqualTo(Image.Uri));
        Assert.That(next.ContainerDefinitions[0].Environment.Select(one => $"{one.Name}={one.Value}"),
            Is.EqualTo(new[] { "SLIPWAY_Color=blue", $"SLIPWAY_Release={Image.Digest}" }));
        Assert.That(next.ContainerDefinitions[0].ReadonlyRootFilesystem, Is.True);
        Assert.That(next.ContainerDefinitions[1].Image, Is.EqualTo("sidecar@sha256:b"));
        Assert.That((next.Family, next.Cpu, next.Memory, next.TaskRoleArn, next.Tags[0].Value), Is.EqualTo(("blue", "1024", "2048", "arn:role", "ml")));
    }

    [Test]
    public void KnowsWhatRunsAlready()
    {
        var definition = Newest();
        Assert.That(TaskDefinitions.Runs(definition, "server", Image), Is.False);

        TaskDefinitions.Next(definition, null, "server", Image);
        Assert.That(TaskDefinitions.Runs(definition, "server", Image), Is.True);
        Assert.That(TaskDefinitions.Runs(definition, "server", Image with { Digest = "sha256:b" }), Is.False);
    }

    [Test]
    public void CarriesOverEverythingThatARevisionCanHave()
    {
        // what ECS itself adds to a revision cannot be registered
        string[] answered = ["TaskDefinitionArn", "Revision", "Status", "RequiresAttributes", "Compatibilities", "RegisteredAt", "RegisteredBy", "DeregisteredAt", "DeleteRequestedAt", "InferenceAccelerators"];
        var known = typeof(TaskDefinition).GetProperties().Select(property => property.Name).Except(answered).ToList();

        var source = File.ReadAllText(Path.Combine(Repository.Root, "build", "Environments", "Fleets", "Aws", "TaskDefinitions.cs"));

        Assert.That(known, Is.Not.Empty);
        Assert.That(known.Where(name => !source.Contains($"{name} = newest.{name}", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void SaysWhichContainerIsMissing() =>
        Assert.That(() => TaskDefinitions.Next(Newest(), null, "gateway", Image), Throws.TypeOf<SlipwayException>().With.Message.Contains("no container 'gateway': server, sidecar"));

    private static TaskDefinition Newest() => new()
    {
        Family = "blue",
        Cpu = "1024",
        Memory = "2048",
        TaskRoleArn = "arn:role",
        ContainerDefinitions =
        [
            new()
            {
                Name = "server", Image = "none", ReadonlyRootFilesystem = true,
                Environment = [new() { Name = "SLIPWAY_Release", Value = "old" }, new() { Name = "SLIPWAY_Color", Value = "blue" }],
            },
            new() { Name = "sidecar", Image = "sidecar@sha256:b" },
        ],
    };
}
