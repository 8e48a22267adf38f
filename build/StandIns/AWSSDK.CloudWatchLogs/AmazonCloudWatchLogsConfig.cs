using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.CloudWatchLogs;

public class AmazonCloudWatchLogsConfig : ClientConfig
{
    public AmazonCloudWatchLogsConfig() : base(AwsJson.AwsJsonDefaults.Provider)
    {
        base.ServiceId = CloudWatchLogsService.Instance.ServiceId;
        AuthenticationServiceName = CloudWatchLogsService.Instance.SigningName;
        EndpointProvider = CloudWatchLogsService.Instance.Endpoints;
    }

    public static new string ServiceId => CloudWatchLogsService.Instance.ServiceId;

    public override string RegionEndpointServiceName => CloudWatchLogsService.Instance.EndpointPrefix;

    public override string ServiceVersion => CloudWatchLogsService.Instance.Version;

    public override string UserAgent => CloudWatchLogsService.Instance.UserAgent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        CloudWatchLogsService.Instance.Endpoints.Resolve(this);
}
