using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ECR;

public class AmazonECRConfig : ClientConfig
{
    public AmazonECRConfig() : base(AwsJson.AwsJsonDefaults.Provider)
    {
        base.ServiceId = ECRService.Instance.ServiceId;
        AuthenticationServiceName = ECRService.Instance.SigningName;
        EndpointProvider = ECRService.Instance.Endpoints;
    }

    public static new string ServiceId => ECRService.Instance.ServiceId;

    public override string RegionEndpointServiceName => ECRService.Instance.EndpointPrefix;

    public override string ServiceVersion => ECRService.Instance.Version;

    public override string UserAgent => ECRService.Instance.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ECRService.Instance.Endpoints.Resolve(this);
}
