using Amazon.ApplicationAutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ApplicationAutoScaling;

public class AmazonApplicationAutoScalingClient : AmazonServiceClient, IAmazonApplicationAutoScaling
{
    /// <summary>Credentials, region and endpoint come from the SDK's default chains.</summary>
    public AmazonApplicationAutoScalingClient() : this(new AmazonApplicationAutoScalingConfig())
    {
    }

    public AmazonApplicationAutoScalingClient(RegionEndpoint region) : this(new AmazonApplicationAutoScalingConfig { RegionEndpoint = region })
    {
    }

    public AmazonApplicationAutoScalingClient(AmazonApplicationAutoScalingConfig config) : base(config)
    {
    }

    public AmazonApplicationAutoScalingClient(AWSCredentials credentials) : this(credentials, new AmazonApplicationAutoScalingConfig())
    {
    }

    public AmazonApplicationAutoScalingClient(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new AmazonApplicationAutoScalingConfig { RegionEndpoint = region })
    {
    }

    public AmazonApplicationAutoScalingClient(AWSCredentials credentials, AmazonApplicationAutoScalingConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => ApplicationAutoScalingService.Instance;

    public virtual Task<DeleteScheduledActionResponse> DeleteScheduledActionAsync(DeleteScheduledActionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteScheduledActionResponse>(request, ApplicationAutoScalingService.Instance.Options<DeleteScheduledActionRequest, DeleteScheduledActionResponse>("DeleteScheduledAction"), cancellationToken);

    public virtual Task<DescribeScalableTargetsResponse> DescribeScalableTargetsAsync(DescribeScalableTargetsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeScalableTargetsResponse>(request, ApplicationAutoScalingService.Instance.Options<DescribeScalableTargetsRequest, DescribeScalableTargetsResponse>("DescribeScalableTargets"), cancellationToken);

    public virtual Task<DescribeScheduledActionsResponse> DescribeScheduledActionsAsync(DescribeScheduledActionsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeScheduledActionsResponse>(request, ApplicationAutoScalingService.Instance.Options<DescribeScheduledActionsRequest, DescribeScheduledActionsResponse>("DescribeScheduledActions"), cancellationToken);

    public virtual Task<PutScheduledActionResponse> PutScheduledActionAsync(PutScheduledActionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutScheduledActionResponse>(request, ApplicationAutoScalingService.Instance.Options<PutScheduledActionRequest, PutScheduledActionResponse>("PutScheduledAction"), cancellationToken);

    public virtual Task<RegisterScalableTargetResponse> RegisterScalableTargetAsync(RegisterScalableTargetRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RegisterScalableTargetResponse>(request, ApplicationAutoScalingService.Instance.Options<RegisterScalableTargetRequest, RegisterScalableTargetResponse>("RegisterScalableTarget"), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ApplicationAutoScalingService.Instance.Customize(pipeline);
}
