#nullable enable
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace AwsJson;

/// <summary>A service with the protocol AWS JSON 1.1: its names on the wire, its types, its exceptions.</summary>
internal sealed class AwsJsonService : IServiceMetadata
{
    private readonly JsonSerializerOptions _json;
    private readonly ErrorFactory _error;

    public AwsJsonService(JsonSerializerContext types, ErrorFactory error)
    {
        _error = error;
        _json = new JsonSerializerOptions(types.Options)
        {
            TypeInfoResolver = types.WithAddedModifier(DropSdkMembers).WithAddedModifier(FillIdempotencyTokens),
        };
        Endpoints = new AwsJsonEndpoints(this);
    }

    internal delegate AmazonServiceException ErrorFactory(ErrorResponse error, Exception? inner, HttpStatusCode status);

    public required string ServiceId { get; init; }

    /// <summary>The API version, a date.</summary>
    public required string Version { get; init; }

    /// <summary>The first part of the host name.</summary>
    public required string EndpointPrefix { get; init; }

    /// <summary>The service in the credential scope of a signature.</summary>
    public required string SigningName { get; init; }

    /// <summary>The prefix of the operation in X-Amz-Target.</summary>
    public required string TargetPrefix { get; init; }

    /// <summary>The request members that get a random value if the caller sets none, so that a repeated request counts once.</summary>
    public IReadOnlyList<IdempotencyToken> IdempotencyTokens { get; init; } = [];

    public AwsJsonEndpoints Endpoints { get; }

    public string UserAgent => InternalSDKUtils.BuildUserAgentString(ServiceId, typeof(AwsJsonService).Assembly.GetName().Version!.ToString(3));

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();

    public InvokeOptions Options<TRequest, TResponse>(string operation)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new AwsJsonMarshaller<TRequest>(this, operation, Type<TRequest>()),
            ResponseUnmarshaller = new AwsJsonUnmarshaller<TResponse>(Type<TResponse>(), _error),
        };

    public void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new AwsJsonEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AwsJsonAuthentication());
    }

    private JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)_json.GetTypeInfo(typeof(T));

    // these three are filled from the HTTP response, never from its body
    private static void DropSdkMembers(JsonTypeInfo type)
    {
        if (!type.Type.IsSubclassOf(typeof(AmazonWebServiceResponse))) return;
        foreach (var property in type.Properties.Where(property => property.DeclaringType == typeof(AmazonWebServiceResponse)).ToList())
            type.Properties.Remove(property);
    }

    private void FillIdempotencyTokens(JsonTypeInfo type)
    {
        foreach (var token in IdempotencyTokens.Where(token => token.Request == type.Type))
        {
            var property = type.Properties.Single(property => property.Name == token.Member);
            var given = property.Get!;
            property.Get = request => given(request) ?? Guid.NewGuid().ToString();
        }
    }

    internal sealed record IdempotencyToken(Type Request, string Member);
}
