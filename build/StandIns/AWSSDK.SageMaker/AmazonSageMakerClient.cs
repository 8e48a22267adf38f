using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SageMaker.Model;

namespace Amazon.SageMaker;

public class AmazonSageMakerClient : AmazonServiceClient, IAmazonSageMaker
{
    /// <summary>Credentials, region and endpoint come from the SDK's default chains.</summary>
    public AmazonSageMakerClient() : this(new AmazonSageMakerConfig())
    {
    }

    public AmazonSageMakerClient(RegionEndpoint region) : this(new AmazonSageMakerConfig { RegionEndpoint = region })
    {
    }

    public AmazonSageMakerClient(AmazonSageMakerConfig config) : base(config)
    {
    }

    public AmazonSageMakerClient(AWSCredentials credentials) : this(credentials, new AmazonSageMakerConfig())
    {
    }

    public AmazonSageMakerClient(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new AmazonSageMakerConfig { RegionEndpoint = region })
    {
    }

    public AmazonSageMakerClient(AWSCredentials credentials, AmazonSageMakerConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => SageMakerService.Instance;

    public virtual Task<CreateModelPackageResponse> CreateModelPackageAsync(CreateModelPackageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateModelPackageResponse>(request, SageMakerService.Instance.Options<CreateModelPackageRequest, CreateModelPackageResponse>("CreateModelPackage"), cancellationToken);

    public virtual Task<CreateModelPackageGroupResponse> CreateModelPackageGroupAsync(CreateModelPackageGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateModelPackageGroupResponse>(request, SageMakerService.Instance.Options<CreateModelPackageGroupRequest, CreateModelPackageGroupResponse>("CreateModelPackageGroup"), cancellationToken);

    public virtual Task<CreateTrainingJobResponse> CreateTrainingJobAsync(CreateTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateTrainingJobResponse>(request, SageMakerService.Instance.Options<CreateTrainingJobRequest, CreateTrainingJobResponse>("CreateTrainingJob"), cancellationToken);

    public virtual Task<DescribeModelPackageResponse> DescribeModelPackageAsync(DescribeModelPackageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeModelPackageResponse>(request, SageMakerService.Instance.Options<DescribeModelPackageRequest, DescribeModelPackageResponse>("DescribeModelPackage"), cancellationToken);

    public virtual Task<DescribeModelPackageGroupResponse> DescribeModelPackageGroupAsync(DescribeModelPackageGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeModelPackageGroupResponse>(request, SageMakerService.Instance.Options<DescribeModelPackageGroupRequest, DescribeModelPackageGroupResponse>("DescribeModelPackageGroup"), cancellationToken);

    public virtual Task<DescribeTrainingJobResponse> DescribeTrainingJobAsync(DescribeTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTrainingJobResponse>(request, SageMakerService.Instance.Options<DescribeTrainingJobRequest, DescribeTrainingJobResponse>("DescribeTrainingJob"), cancellationToken);

    public virtual Task<ListModelPackagesResponse> ListModelPackagesAsync(ListModelPackagesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListModelPackagesResponse>(request, SageMakerService.Instance.Options<ListModelPackagesRequest, ListModelPackagesResponse>("ListModelPackages"), cancellationToken);

    public virtual Task<ListTrainingJobsResponse> ListTrainingJobsAsync(ListTrainingJobsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListTrainingJobsResponse>(request, SageMakerService.Instance.Options<ListTrainingJobsRequest, ListTrainingJobsResponse>("ListTrainingJobs"), cancellationToken);

    public virtual Task<StopTrainingJobResponse> StopTrainingJobAsync(StopTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StopTrainingJobResponse>(request, SageMakerService.Instance.Options<StopTrainingJobRequest, StopTrainingJobResponse>("StopTrainingJob"), cancellationToken);

    public virtual Task<UpdateModelPackageResponse> UpdateModelPackageAsync(UpdateModelPackageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateModelPackageResponse>(request, SageMakerService.Instance.Options<UpdateModelPackageRequest, UpdateModelPackageResponse>("UpdateModelPackage"), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => SageMakerService.Instance.Customize(pipeline);
}
