using System.Reflection;
using Amazon.ApplicationAutoScaling;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SageMaker;
using Amazon.SecretsManager;
using Type = System.Type; // CloudWatch Logs has a Type too

namespace Slipway.Sdk.Tests;

/// <summary>A package, the interface of its client, and where the definition of its service lies in botocore.</summary>
public sealed record StandIn(string Definition, string Version, Type Client)
{
    public static readonly StandIn[] All =
    [
        new("application-autoscaling", "2016-02-06", typeof(IAmazonApplicationAutoScaling)),
        new("ecr", "2015-09-21", typeof(IAmazonECR)),
        new("ecs", "2014-11-13", typeof(IAmazonECS)),
        new("logs", "2014-03-28", typeof(IAmazonCloudWatchLogs)),
        new("sagemaker", "2017-07-24", typeof(IAmazonSageMaker)),
        new("secretsmanager", "2017-10-17", typeof(IAmazonSecretsManager)),
    ];

    public string Package => Client.Assembly.GetName().Name!;

    public string Name => Client.Name["IAmazon".Length..];

    /// <summary>The classes that are made after shapes of the definition.</summary>
    public IEnumerable<Type> Models => Client.Assembly.GetExportedTypes().Where(type =>
        type.Namespace == $"{Client.Namespace}.Model" ? type.Name != $"Amazon{Name}Request" : type.IsSubclassOf(typeof(ConstantClass)));

    public bool InUse => typeof(StandIn).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(metadata => metadata.Key == "StandIns" && metadata.Value!.Split(", ").Contains(Package));

    public override string ToString() => Definition;
}
