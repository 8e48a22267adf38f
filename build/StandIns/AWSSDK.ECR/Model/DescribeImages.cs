using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class DescribeImagesRequest : AmazonECRRequest
{
    public DescribeImagesFilter Filter { get; set; }
    public List<ImageIdentifier> ImageIds { get; set; }
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public string RegistryId { get; set; }
    public string RepositoryName { get; set; }
}

public class DescribeImagesResponse : AmazonWebServiceResponse
{
    public List<ImageDetail> ImageDetails { get; set; }
    public string NextToken { get; set; }
}

public class DescribeImagesFilter
{
    public ImageStatusFilter ImageStatus { get; set; }
    public TagStatus TagStatus { get; set; }
}
