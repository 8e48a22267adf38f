using System.Net;
using Amazon.Runtime.Internal;
using Amazon.SecretsManager.Model;
using AwsJson;

namespace Amazon.SecretsManager;

internal static class SecretsManagerService
{
    public static readonly AwsJsonService Instance = new(SecretsManagerJson.Default, Error)
    {
        ServiceId = "Secrets Manager",
        Version = "2017-10-17",
        EndpointPrefix = "secretsmanager",
        SigningName = "secretsmanager",
        TargetPrefix = "secretsmanager",
    };

    private static AmazonSecretsManagerException Error(ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "DecryptionFailure" => new DecryptionFailureException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InternalServiceError" => new InternalServiceErrorException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidParameterException" => new InvalidParameterException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidRequestException" => new InvalidRequestException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ResourceNotFoundException" => new ResourceNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonSecretsManagerException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
