using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

public class DescribeScheduledActionsRequest : AmazonApplicationAutoScalingRequest
{
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public string ResourceId { get; set; }
    public ScalableDimension ScalableDimension { get; set; }
    public List<string> ScheduledActionNames { get; set; }
    public ServiceNamespace ServiceNamespace { get; set; }
}

public class DescribeScheduledActionsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<ScheduledAction> ScheduledActions { get; set; }
}
