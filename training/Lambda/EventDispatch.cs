using Amazon.KeyManagementService;
using Amazon.SageMaker;
using Slipway.Automation.Aws;
using Slipway.Automation.Lambda.Events;
using Slipway.Automation.Lambda.Runtime;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Signing;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Lambda;

/// <summary>Dispatches every event to its handler.</summary>
internal sealed class EventDispatch(
    AwsEnvironmentRecord environment, IObjectStore store, IAmazonSageMaker client, IManifestSigner signer, FunctionLog log, TimeProvider time) : IEventHandler
{
    private readonly SageMakerJobs _jobs = new(client, store, environment);
    private readonly ModelPackages _packages = new(client, environment);

    /// <summary>With credentials, region and endpoint from the AWS SDK's default sources.</summary>
    public static IEventHandler Create(AwsEnvironmentRecord environment, FunctionLog log, TimeProvider time) => new EventDispatch(
        environment, ObjectStores.Open($"s3://{environment.Bucket}", time), new AmazonSageMakerClient(new AmazonSageMakerConfig().Bounded(TimeSpan.FromSeconds(20))),
        new KmsManifestSigner(new AmazonKeyManagementServiceClient(new AmazonKeyManagementServiceConfig().Bounded(TimeSpan.FromSeconds(10))), environment.Signing), log, time);

    public async Task<EventResponse> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        EventReader.Read(payload, environment) switch
        {
            ForeignEvent foreign => EventResponse.Nothing(foreign.Why),
            DatasetCreated created => await new AwsDatasetArrived(store, _jobs, environment, time).HandleAsync(created.Arrival, cancellation),
            TrainingJobEnded ended => await Finished().HandleAsync(ended.Job, ended.End, cancellation),
            ModelPackageRejected rejected => await new AwsPackageRejected(store, _packages, environment.Signing.ToPolicy(), signer, time).HandleAsync(rejected.Package, cancellation),
            var other => throw new InvalidOperationException($"There is no handler for {other.GetType().Name}."),
        };

    private AwsTrainingFinished Finished() => new(store, new(store, signer, time, log.Warn, _jobs), _jobs, _packages, time);
}
