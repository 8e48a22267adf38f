using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

public class PutScheduledActionRequest : AmazonApplicationAutoScalingRequest
{
    public DateTime? EndTime { get; set; }
    public string ResourceId { get; set; }
    public ScalableDimension ScalableDimension { get; set; }
    public ScalableTargetAction ScalableTargetAction { get; set; }
    public string Schedule { get; set; }
    public string ScheduledActionName { get; set; }
    public ServiceNamespace ServiceNamespace { get; set; }
    public DateTime? StartTime { get; set; }
    public string Timezone { get; set; }
}

public class PutScheduledActionResponse : AmazonWebServiceResponse;
