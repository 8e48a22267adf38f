using System.Net;
using Amazon.ECS.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.ECS;

internal static class ECSService
{
    public static readonly AwsJsonService Instance = new(ECSJson.Default, Error)
    {
        ServiceId = "ECS",
        Version = "2014-11-13",
        EndpointPrefix = "ecs",
        SigningName = "ecs",
        TargetPrefix = "AmazonEC2ContainerServiceV20141113",
    };

    private static AmazonECSException Error(ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "AccessDeniedException" => new AccessDeniedException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ClientException" => new ClientException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ClusterNotFoundException" => new ClusterNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidParameterException" => new InvalidParameterException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "LimitExceededException" => new LimitExceededException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "NamespaceNotFoundException" => new NamespaceNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "PlatformTaskDefinitionIncompatibilityException" => new PlatformTaskDefinitionIncompatibilityException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "PlatformUnknownException" => new PlatformUnknownException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ServerException" => new ServerException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ServiceNotActiveException" => new ServiceNotActiveException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ServiceNotFoundException" => new ServiceNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "UnsupportedFeatureException" => new UnsupportedFeatureException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonECSException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
