using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

public class RegisterScalableTargetRequest : AmazonApplicationAutoScalingRequest
{
    public int? MaxCapacity { get; set; }
    public int? MinCapacity { get; set; }
    public string ResourceId { get; set; }
    public string RoleARN { get; set; }
    public ScalableDimension ScalableDimension { get; set; }
    public ServiceNamespace ServiceNamespace { get; set; }
    public SuspendedState SuspendedState { get; set; }
    public Dictionary<string, string> Tags { get; set; }
}

public class RegisterScalableTargetResponse : AmazonWebServiceResponse
{
    public string ScalableTargetARN { get; set; }
}
