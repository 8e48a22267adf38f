using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class BatchGetImageRequest : AmazonECRRequest
{
    public List<string> AcceptedMediaTypes { get; set; }
    public List<ImageIdentifier> ImageIds { get; set; }
    public string RegistryId { get; set; }
    public string RepositoryName { get; set; }
}

public class BatchGetImageResponse : AmazonWebServiceResponse
{
    public List<ImageFailure> Failures { get; set; }
    public List<Image> Images { get; set; }
}
