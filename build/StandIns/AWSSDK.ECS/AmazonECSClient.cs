using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS;

public class AmazonECSClient : AmazonServiceClient, IAmazonECS
{
    /// <summary>Credentials, region and endpoint come from the SDK's default chains.</summary>
    public AmazonECSClient() : this(new AmazonECSConfig())
    {
    }

    public AmazonECSClient(RegionEndpoint region) : this(new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    public AmazonECSClient(AmazonECSConfig config) : base(config)
    {
    }

    public AmazonECSClient(AWSCredentials credentials) : this(credentials, new AmazonECSConfig())
    {
    }

    public AmazonECSClient(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    public AmazonECSClient(AWSCredentials credentials, AmazonECSConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => ECSService.Instance;

    public virtual Task<DescribeServicesResponse> DescribeServicesAsync(DescribeServicesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeServicesResponse>(request, ECSService.Instance.Options<DescribeServicesRequest, DescribeServicesResponse>("DescribeServices"), cancellationToken);

    public virtual Task<DescribeTaskDefinitionResponse> DescribeTaskDefinitionAsync(DescribeTaskDefinitionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTaskDefinitionResponse>(request, ECSService.Instance.Options<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse>("DescribeTaskDefinition"), cancellationToken);

    public virtual Task<DescribeTasksResponse> DescribeTasksAsync(DescribeTasksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTasksResponse>(request, ECSService.Instance.Options<DescribeTasksRequest, DescribeTasksResponse>("DescribeTasks"), cancellationToken);

    public virtual Task<ListServiceDeploymentsResponse> ListServiceDeploymentsAsync(ListServiceDeploymentsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListServiceDeploymentsResponse>(request, ECSService.Instance.Options<ListServiceDeploymentsRequest, ListServiceDeploymentsResponse>("ListServiceDeployments"), cancellationToken);

    public virtual Task<ListTasksResponse> ListTasksAsync(ListTasksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListTasksResponse>(request, ECSService.Instance.Options<ListTasksRequest, ListTasksResponse>("ListTasks"), cancellationToken);

    public virtual Task<RegisterTaskDefinitionResponse> RegisterTaskDefinitionAsync(RegisterTaskDefinitionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RegisterTaskDefinitionResponse>(request, ECSService.Instance.Options<RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse>("RegisterTaskDefinition"), cancellationToken);

    public virtual Task<UpdateServiceResponse> UpdateServiceAsync(UpdateServiceRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateServiceResponse>(request, ECSService.Instance.Options<UpdateServiceRequest, UpdateServiceResponse>("UpdateService"), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ECSService.Instance.Customize(pipeline);
}
