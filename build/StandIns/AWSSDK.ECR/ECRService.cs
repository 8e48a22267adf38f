using System.Net;
using Amazon.ECR.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.ECR;

internal static class ECRService
{
    public static readonly AwsJsonService Instance = new(ECRJson.Default, Error)
    {
        ServiceId = "ECR",
        Version = "2015-09-21",
        EndpointPrefix = "api.ecr",
        SigningName = "ecr",
        TargetPrefix = "AmazonEC2ContainerRegistry_V20150921",
    };

    private static AmazonECRException Error(ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "ImageAlreadyExistsException" => new ImageAlreadyExistsException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ImageDigestDoesNotMatchException" => new ImageDigestDoesNotMatchException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ImageNotFoundException" => new ImageNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ImageTagAlreadyExistsException" => new ImageTagAlreadyExistsException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidParameterException" => new InvalidParameterException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "KmsException" => new KmsException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "LayersNotFoundException" => new LayersNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "LimitExceededException" => new LimitExceededException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ReferencedImagesNotFoundException" => new ReferencedImagesNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "RepositoryNotFoundException" => new RepositoryNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ServerException" => new ServerException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "UnableToGetUpstreamImageException" => new UnableToGetUpstreamImageException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonECRException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
