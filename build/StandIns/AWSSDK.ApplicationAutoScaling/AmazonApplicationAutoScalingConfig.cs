using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ApplicationAutoScaling;

public class AmazonApplicationAutoScalingConfig : ClientConfig
{
    public AmazonApplicationAutoScalingConfig() : base(AwsJson.AwsJsonDefaults.Provider)
    {
        base.ServiceId = ApplicationAutoScalingService.Instance.ServiceId;
        AuthenticationServiceName = ApplicationAutoScalingService.Instance.SigningName;
        EndpointProvider = ApplicationAutoScalingService.Instance.Endpoints;
    }

    public static new string ServiceId => ApplicationAutoScalingService.Instance.ServiceId;

    public override string RegionEndpointServiceName => ApplicationAutoScalingService.Instance.EndpointPrefix;

    public override string ServiceVersion => ApplicationAutoScalingService.Instance.Version;

    public override string UserAgent => ApplicationAutoScalingService.Instance.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ApplicationAutoScalingService.Instance.Endpoints.Resolve(this);
}
