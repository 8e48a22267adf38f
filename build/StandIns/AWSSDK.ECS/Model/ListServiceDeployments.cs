using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class ListServiceDeploymentsRequest : AmazonECSRequest
{
    public string Cluster { get; set; }
    public CreatedAt CreatedAt { get; set; }
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public string Service { get; set; }
    public List<string> Status { get; set; }
}

public class ListServiceDeploymentsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<ServiceDeploymentBrief> ServiceDeployments { get; set; }
}

public class CreatedAt
{
    public DateTime? After { get; set; }
    public DateTime? Before { get; set; }
}

public class ServiceDeploymentBrief
{
    public string ClusterArn { get; set; }
    public DateTime? CreatedAt { get; set; }
    public DateTime? FinishedAt { get; set; }
    public string ServiceArn { get; set; }
    public string ServiceDeploymentArn { get; set; }
    public DateTime? StartedAt { get; set; }
    public ServiceDeploymentStatus Status { get; set; }
    public string StatusReason { get; set; }
    public string TargetServiceRevisionArn { get; set; }
}
