using System.Globalization;
using Amazon.ECS.Model;
using Slipway.Build.Images;
using Slipway.Registry;
using Slipway.Registry.Costs;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>
/// The next revision of a task definition. Terraform owns its shape and deployments its image: the newest revision of the family is copied
/// and gets the image by digest, so that what was tested is what runs.
/// </summary>
public static class TaskDefinitions
{
    private const string ReleaseVariable = "SLIPWAY_Release";

    // as Fargate counts and bills them
    private const double UnitsOfCpu = 1024, MebibytesOfGigabyte = 1024;

    /// <summary>Whether a revision already runs an image.</summary>
    public static bool Runs(TaskDefinition definition, string container, ImageReference image) =>
        Container(definition, container) is { } found && found.Image == image.Uri
        && (found.Environment ?? []).Exists(variable => variable.Name == ReleaseVariable && variable.Value == image.Digest);

    /// <summary>What a number of tasks is made of; null if the definition does not say it in the units of Fargate.</summary>
    public static ServingSize? Size(TaskDefinition definition, int tasks) =>
        int.TryParse(definition.Cpu, NumberStyles.None, CultureInfo.InvariantCulture, out var cpu) && int.TryParse(definition.Memory, NumberStyles.None, CultureInfo.InvariantCulture, out var memory)
            ? new(tasks, tasks * cpu / UnitsOfCpu, tasks * memory / MebibytesOfGigabyte)
            : null;

    /// <summary>A copy that differs only in the image and the name of the release.</summary>
    /// <exception cref="SlipwayException">It has no such container.</exception>
    public static RegisterTaskDefinitionRequest Next(TaskDefinition newest, List<Tag>? tags, string container, ImageReference image)
    {
        var changed = Container(newest, container)
            ?? throw new SlipwayException($"The task definition {newest.Family} has no container '{container}': {string.Join(", ", newest.ContainerDefinitions.Select(one => one.Name))}. Terraform creates it in infra/modules/fleet; check there.");
        changed.Image = image.Uri;
        changed.Environment =
        [
            .. (changed.Environment ?? []).Where(variable => variable.Name != ReleaseVariable),
            new Amazon.ECS.Model.KeyValuePair { Name = ReleaseVariable, Value = image.Digest },
        ];
        return new()
        {
            Family = newest.Family,
            ContainerDefinitions = newest.ContainerDefinitions,
            Cpu = newest.Cpu,
            Memory = newest.Memory,
            TaskRoleArn = newest.TaskRoleArn,
            ExecutionRoleArn = newest.ExecutionRoleArn,
            NetworkMode = newest.NetworkMode,
            RequiresCompatibilities = newest.RequiresCompatibilities,
            RuntimePlatform = newest.RuntimePlatform,
            EphemeralStorage = newest.EphemeralStorage,
            Volumes = newest.Volumes,
            PlacementConstraints = newest.PlacementConstraints,
            ProxyConfiguration = newest.ProxyConfiguration,
            PidMode = newest.PidMode,
            IpcMode = newest.IpcMode,
            EnableFaultInjection = newest.EnableFaultInjection,
            Tags = tags is { Count: > 0 } ? tags : null,
        };
    }

    private static ContainerDefinition? Container(TaskDefinition definition, string name) =>
        definition.ContainerDefinitions?.Find(container => container.Name == name);
}
