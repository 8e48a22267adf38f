#nullable enable
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AwsJson;

/// <summary>The endpoint of a service: the one in the configuration or the environment, or else the service's host name in the region.</summary>
internal sealed class AwsJsonEndpoints(AwsJsonService service) : IEndpointProvider
{
    private const string Region = "Region";
    private const string GivenEndpoint = "Endpoint";
    private const string Variant = "Variant";

    public Endpoint Resolve(IClientConfig config) => ResolveEndpoint(Parameters(config, config.RegionEndpoint?.SystemName));

    public static EndpointParameters Parameters(IClientConfig config, string? region)
    {
        var parameters = new EndpointParameters();
        if (region != null) parameters[Region] = region;
        if (config.ServiceURL != null) parameters[GivenEndpoint] = config.ServiceURL;
        if (config.UseFIPSEndpoint) parameters[Variant] = "FIPS";
        if (config.UseDualstackEndpoint) parameters[Variant] = "dual-stack";
        return parameters;
    }

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters[GivenEndpoint] is string given) return new Endpoint(given);
        if (parameters[Variant] is string variant)
            throw new AmazonClientException($"This stand-in for the SDK of {service.ServiceId} does not support {variant} endpoints: use the official package.");
        if (parameters[Region] is not string region)
            throw new AmazonClientException($"No region is configured for {service.ServiceId}: set AWS_REGION.");
        return new Endpoint($"https://{service.EndpointPrefix}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}");
    }
}
