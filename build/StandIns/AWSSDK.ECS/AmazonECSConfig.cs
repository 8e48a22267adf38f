using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ECS;

public class AmazonECSConfig : ClientConfig
{
    public AmazonECSConfig() : base(AwsJson.AwsJsonDefaults.Provider)
    {
        base.ServiceId = ECSService.Instance.ServiceId;
        AuthenticationServiceName = ECSService.Instance.SigningName;
        EndpointProvider = ECSService.Instance.Endpoints;
    }

    public static new string ServiceId => ECSService.Instance.ServiceId;

    public override string RegionEndpointServiceName => ECSService.Instance.EndpointPrefix;

    public override string ServiceVersion => ECSService.Instance.Version;

    public override string UserAgent => ECSService.Instance.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ECSService.Instance.Endpoints.Resolve(this);
}
