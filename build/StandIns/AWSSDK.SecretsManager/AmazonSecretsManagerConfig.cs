using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.SecretsManager;

public class AmazonSecretsManagerConfig : ClientConfig
{
    public AmazonSecretsManagerConfig() : base(AwsJson.AwsJsonDefaults.Provider)
    {
        base.ServiceId = SecretsManagerService.Instance.ServiceId;
        AuthenticationServiceName = SecretsManagerService.Instance.SigningName;
        EndpointProvider = SecretsManagerService.Instance.Endpoints;
    }

    public static new string ServiceId => SecretsManagerService.Instance.ServiceId;

    public override string RegionEndpointServiceName => SecretsManagerService.Instance.EndpointPrefix;

    public override string ServiceVersion => SecretsManagerService.Instance.Version;

    public override string UserAgent => SecretsManagerService.Instance.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        SecretsManagerService.Instance.Endpoints.Resolve(this);
}
