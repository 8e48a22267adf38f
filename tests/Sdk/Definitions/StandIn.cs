using Amazon.ApplicationAutoScaling;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SageMaker;
using Amazon.SecretsManager;
using Slipway.Build.Cli;
using Slipway.Build.Sdk;
using Slipway.Build.TestReports;
using Type = System.Type; // CloudWatch Logs has a Type too

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>A package of the list, and the interface of its client.</summary>
public sealed record StandIn(Type Client)
{
    public static readonly StandIn[] All =
    [
        .. new[]
        {
            typeof(IAmazonApplicationAutoScaling), typeof(IAmazonECR), typeof(IAmazonECS), typeof(IAmazonCloudWatchLogs), typeof(IAmazonSageMaker), typeof(IAmazonSecretsManager),
        }.Select(client => new StandIn(client)),
    ];

    public SdkService Service => SdkService.All.Single(service => service.Package == Client.Assembly.GetName().Name);

    public string Name => Service.Name;

    /// <summary>The classes that are made after shapes of the definition.</summary>
    public IEnumerable<Type> Models => Client.Assembly.GetExportedTypes().Where(type =>
        type.Namespace == $"{Client.Namespace}.Model" || type.IsSubclassOf(typeof(ConstantClass)));

    public PinnedSurface Pinned => PinnedSurface.Read(Path.Combine(Repository.Root, "build", "StandIns", Service.Package, "pinned.txt"));

    /// <summary>A test that is about the stand-in does not apply where the official package is in use.</summary>
    public void Require()
    {
        if (!BuildIdentity.StandInsOf(typeof(StandIn).Assembly).Contains(Service.Package))
            Assert.Ignore($"{TrxReport.NotApplicableReason}the official {Service.Package} is in use: there is no stand-in to compare with the definition.");
    }

    public override string ToString() => Service.Package;
}
