#nullable enable
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace AwsJson;

internal sealed class AwsJsonEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return AwsJsonEndpoints.Parameters(config, (requestContext.Request.AlternateEndpoint ?? config.RegionEndpoint)?.SystemName);
    }
}
