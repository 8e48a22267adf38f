using Amazon.ApplicationAutoScaling;
using Amazon.KeyManagementService;
using Amazon.SageMaker;
using Slipway.Automation.Aws;
using Slipway.Automation.Lambda.Events;
using Slipway.Automation.Lambda.Runtime;
using Slipway.Automation.Retraining;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Signing;
using Slipway.Automation.Traffic;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Lambda;

/// <summary>Dispatches every event to its handler.</summary>
/// <param name="plan">The plan of every rollout in the environment, but for what is rolled out; null if both channels move at once.</param>
internal sealed class EventDispatch(
    AwsEnvironmentRecord environment, RolloutPlan? plan, IObjectStore store, IAmazonSageMaker client, IAmazonApplicationAutoScaling scaling, IManifestSigner signer,
    FunctionLog log, TimeProvider time) : IEventHandler
{
    private readonly SageMakerJobs _jobs = new(client, store, environment);
    private readonly ModelPackages _packages = new(client, environment);
    private readonly DesiredTrafficStore _traffic = new(store, environment.Gateway, time);
    private readonly AwsRolloutCapacity _capacity = new(environment, store, new(environment, scaling, time));
    private readonly WaitingJobs _waiting = new(store, environment.Gateway, time);

    /// <summary>With credentials, region and endpoint from the AWS SDK's default sources.</summary>
    public static IEventHandler Create(FunctionSettings settings, FunctionLog log, TimeProvider time)
    {
        var environment = settings.Environment;
        return new EventDispatch(
            environment, settings.Rollout, ObjectStores.Open($"s3://{environment.Bucket}", time), new AmazonSageMakerClient(new AmazonSageMakerConfig().Bounded(TimeSpan.FromSeconds(20))),
            new AmazonApplicationAutoScalingClient(new AmazonApplicationAutoScalingConfig().Bounded(TimeSpan.FromSeconds(20))),
            new KmsManifestSigner(new AmazonKeyManagementServiceClient(new AmazonKeyManagementServiceConfig().Bounded(TimeSpan.FromSeconds(10))), environment.Signing), log, time);
    }

    public async Task<EventResponse> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        EventReader.Read(payload, environment) switch
        {
            ForeignEvent foreign => EventResponse.Nothing(foreign.Why),
            DatasetCreated created => await new AwsDatasetArrived(store, Training, Retraining(), environment).HandleAsync(created.Arrival, cancellation),
            DriftFound drift => await Retraining().HandleAsync(drift.Model, cancellation),
            RetrainLook => await Retraining().LookAsync(cancellation),
            LabelsDue due => await new AwsLabels(store, time).JoinAsync(due.Everything, cancellation),
            TrainingJobEnded ended => await Finished().HandleAsync(ended.Job, ended.End, cancellation),
            DomainsDue => await new AwsDomains(store, time).CompareAsync(cancellation),
            ModelPackageRejected rejected => await new AwsPackageRejected(store, _packages, environment.Signing.ToPolicy(), signer, _traffic, time).HandleAsync(rejected.Package, cancellation),
            RolloutEnded or ScheduledLook => await Rollouts().HandleAsync(cancellation),
            var other => throw new InvalidOperationException($"There is no handler for {other.GetType().Name}."),
        };

    private AwsDatasetTraining Training => new(store, _jobs, environment, time);

    private AwsRetraining Retraining() => new(store, Training, new StoredCauses(store, time), time);

    private AwsTrainingFinished Finished() => new(
        store, new(store, signer, time, log.Warn, _jobs, new(store, _traffic, plan, time, _capacity)), _jobs, _packages, _waiting, time);

    private AwsRolloutEnded Rollouts() => new(
        store, _traffic, new(store, _traffic, environment.Signing.ToPolicy(), time, log.Warn, signer), _capacity, Finished(), _waiting, time);
}
