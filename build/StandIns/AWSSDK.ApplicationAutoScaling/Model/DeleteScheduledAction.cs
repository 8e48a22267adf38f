using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

public class DeleteScheduledActionRequest : AmazonApplicationAutoScalingRequest
{
    public string ResourceId { get; set; }
    public ScalableDimension ScalableDimension { get; set; }
    public string ScheduledActionName { get; set; }
    public ServiceNamespace ServiceNamespace { get; set; }
}

public class DeleteScheduledActionResponse : AmazonWebServiceResponse;
