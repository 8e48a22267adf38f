using Amazon.ECR.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR;

public class AmazonECRClient : AmazonServiceClient, IAmazonECR
{
    /// <summary>Credentials, region and endpoint come from the SDK's default chains.</summary>
    public AmazonECRClient() : this(new AmazonECRConfig())
    {
    }

    public AmazonECRClient(RegionEndpoint region) : this(new AmazonECRConfig { RegionEndpoint = region })
    {
    }

    public AmazonECRClient(AmazonECRConfig config) : base(config)
    {
    }

    public AmazonECRClient(AWSCredentials credentials) : this(credentials, new AmazonECRConfig())
    {
    }

    public AmazonECRClient(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new AmazonECRConfig { RegionEndpoint = region })
    {
    }

    public AmazonECRClient(AWSCredentials credentials, AmazonECRConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => ECRService.Instance;

    public virtual Task<BatchGetImageResponse> BatchGetImageAsync(BatchGetImageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<BatchGetImageResponse>(request, ECRService.Instance.Options<BatchGetImageRequest, BatchGetImageResponse>("BatchGetImage"), cancellationToken);

    public virtual Task<DescribeImagesResponse> DescribeImagesAsync(DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeImagesResponse>(request, ECRService.Instance.Options<DescribeImagesRequest, DescribeImagesResponse>("DescribeImages"), cancellationToken);

    public virtual Task<DescribeRepositoriesResponse> DescribeRepositoriesAsync(DescribeRepositoriesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeRepositoriesResponse>(request, ECRService.Instance.Options<DescribeRepositoriesRequest, DescribeRepositoriesResponse>("DescribeRepositories"), cancellationToken);

    public virtual Task<GetAuthorizationTokenResponse> GetAuthorizationTokenAsync(GetAuthorizationTokenRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetAuthorizationTokenResponse>(request, ECRService.Instance.Options<GetAuthorizationTokenRequest, GetAuthorizationTokenResponse>("GetAuthorizationToken"), cancellationToken);

    public virtual Task<PutImageResponse> PutImageAsync(PutImageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutImageResponse>(request, ECRService.Instance.Options<PutImageRequest, PutImageResponse>("PutImage"), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ECRService.Instance.Customize(pipeline);
}
