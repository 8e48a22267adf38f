using System.Net;
using Amazon.ApplicationAutoScaling.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.ApplicationAutoScaling;

internal static class ApplicationAutoScalingService
{
    public static readonly AwsJsonService Instance = new(ApplicationAutoScalingJson.Default, Error)
    {
        ServiceId = "Application Auto Scaling",
        Version = "2016-02-06",
        EndpointPrefix = "application-autoscaling",
        SigningName = "application-autoscaling",
        TargetPrefix = "AnyScaleFrontendService",
    };

    private static AmazonApplicationAutoScalingException Error(ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "ConcurrentUpdateException" => new ConcurrentUpdateException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InternalServiceException" => new InternalServiceException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidNextTokenException" => new InvalidNextTokenException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "LimitExceededException" => new LimitExceededException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ObjectNotFoundException" => new ObjectNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ValidationException" => new ValidationException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonApplicationAutoScalingException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
