namespace Slipway.Build.Sdk;

/// <summary>A service of AWS whose package some feeds lack.</summary>
/// <param name="Definition">What botocore calls it.</param>
/// <param name="Name">What the SDK for .NET calls it: a namespace, and a part of the names of its client and its package.</param>
public sealed record SdkService(string Definition, string Name)
{
    public static IReadOnlyList<SdkService> All { get; } =
    [
        new("application-autoscaling", "ApplicationAutoScaling"),
        new("ecr", "ECR"),
        new("ecs", "ECS"),
        new("logs", "CloudWatchLogs"),
        new("sagemaker", "SageMaker"),
        new("secretsmanager", "SecretsManager"),
    ];

    public string Package => $"AWSSDK.{Name}";

    public override string ToString() => Package;
}
