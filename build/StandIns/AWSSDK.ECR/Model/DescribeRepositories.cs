using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class DescribeRepositoriesRequest : AmazonECRRequest
{
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public string RegistryId { get; set; }
    public List<string> RepositoryNames { get; set; }
}

public class DescribeRepositoriesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<Repository> Repositories { get; set; }
}
