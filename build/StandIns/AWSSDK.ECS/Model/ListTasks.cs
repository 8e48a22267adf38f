using Amazon.Runtime;

namespace Amazon.ECS.Model;

public class ListTasksRequest : AmazonECSRequest
{
    public string Cluster { get; set; }
    public string ContainerInstance { get; set; }
    public string DaemonName { get; set; }
    public DesiredStatus DesiredStatus { get; set; }
    public string Family { get; set; }
    public LaunchType LaunchType { get; set; }
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public string ServiceName { get; set; }
    public string StartedBy { get; set; }
}

public class ListTasksResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<string> TaskArns { get; set; }
}
