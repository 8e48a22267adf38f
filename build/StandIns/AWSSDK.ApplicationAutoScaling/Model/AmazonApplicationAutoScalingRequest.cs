using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

public class AmazonApplicationAutoScalingRequest : AmazonWebServiceRequest;
