using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.SageMaker;

public class AmazonSageMakerConfig : ClientConfig
{
    public AmazonSageMakerConfig() : base(AwsJson.AwsJsonDefaults.Provider)
    {
        base.ServiceId = SageMakerService.Instance.ServiceId;
        AuthenticationServiceName = SageMakerService.Instance.SigningName;
        EndpointProvider = SageMakerService.Instance.Endpoints;
    }

    public static new string ServiceId => SageMakerService.Instance.ServiceId;

    public override string RegionEndpointServiceName => SageMakerService.Instance.EndpointPrefix;

    public override string ServiceVersion => SageMakerService.Instance.Version;

    public override string UserAgent => SageMakerService.Instance.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        SageMakerService.Instance.Endpoints.Resolve(this);
}
