using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

public class DescribeScalableTargetsRequest : AmazonApplicationAutoScalingRequest
{
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public List<string> ResourceIds { get; set; }
    public ScalableDimension ScalableDimension { get; set; }
    public ServiceNamespace ServiceNamespace { get; set; }
}

public class DescribeScalableTargetsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<ScalableTarget> ScalableTargets { get; set; }
}
