using System.Globalization;
using System.Net.Http.Headers;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Internal.Auth;
using Slipway.Registry;

namespace Slipway.Gateway.Notifications;

/// <summary>
/// One signed POST to a service of AWS, with the SDK's own credentials, endpoints and signature. The two calls that notifications need are not worth the
/// packages of two services.
/// </summary>
/// <param name="variable">Returns the value of an environment variable.</param>
/// <param name="own">Null for the credentials that the SDK finds: on ECS those of the task.</param>
public sealed class AwsCaller(NotificationHttp http, TimeProvider time, Func<string, string?> variable, AWSCredentials? own = null)
{
    /// <param name="service">As in host names and signatures: <c>sns</c>.</param>
    /// <param name="region">Null for the region of the environment.</param>
    /// <param name="target">The value of <c>X-Amz-Target</c>; null if the service needs none.</param>
    /// <returns>The body of the response.</returns>
    /// <exception cref="NotificationException">The service refused it or cannot be reached, or there are no credentials.</exception>
    public async Task<string> PostAsync(string service, string? region, string contentType, byte[] body, string? target, CancellationToken cancellation)
    {
        region ??= FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? throw new NotificationException("is in no region that is known here: set AWS_REGION or give its ARN");
        var endpoint = new Uri(EndpointOf(service, region));
        var credentials = await CredentialsAsync(cancellation);
        var at = time.GetUtcNow().UtcDateTime;

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = contentType,
            ["host"] = endpoint.Authority,
            ["x-amz-date"] = at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        if (credentials.UseToken)
            headers["x-amz-security-token"] = credentials.Token;
        if (target is not null)
            headers["x-amz-target"] = target;
        var signed = string.Join(';', headers.Keys);
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{signed}\n{Sha256Hex.Of(body)}";
        var signature = AWS4Signer.ComputeSignature(credentials, region, at, service, signed, canonical);

        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.Ordinal)))
            request.Headers.Add(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return await http.SendAsync(request, cancellation, explain: true);
    }

    /// <summary>The part of an ARN that names the region.</summary>
    public static string RegionOf(string arn) => arn.Split(':')[3];

    private string EndpointOf(string service, string region) =>
        variable($"AWS_ENDPOINT_URL_{(service == "events" ? "EVENTBRIDGE" : service.ToUpperInvariant())}") is { Length: > 0 } own ? own
        : variable("AWS_ENDPOINT_URL") is { Length: > 0 } all ? all
        : $"https://{service}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}";

    private async Task<ImmutableCredentials> CredentialsAsync(CancellationToken cancellation)
    {
        try
        {
            return await (own ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync()).GetCredentialsAsync().WaitAsync(cancellation);
        }
        catch (AmazonClientException e)
        {
            throw new NotificationException($"needs credentials: {e.Message}", e);
        }
    }
}
