using System.Net;
using Amazon.Runtime.Internal;
using Amazon.SageMaker.Model;
using AwsJson;

namespace Amazon.SageMaker;

internal static class SageMakerService
{
    public static readonly AwsJsonService Instance = new(SageMakerJson.Default, Error)
    {
        ServiceId = "SageMaker",
        Version = "2017-07-24",
        EndpointPrefix = "api.sagemaker",
        SigningName = "sagemaker",
        TargetPrefix = "SageMaker",
        IdempotencyTokens = [new(typeof(CreateModelPackageRequest), nameof(CreateModelPackageRequest.ClientToken))],
    };

    private static AmazonSageMakerException Error(ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "ConflictException" => new ConflictException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ResourceInUse" => new ResourceInUseException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ResourceLimitExceeded" => new ResourceLimitExceededException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ResourceNotFound" => new ResourceNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonSageMakerException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
