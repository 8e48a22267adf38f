using System.Net;
using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.CloudWatchLogs;

internal static class CloudWatchLogsService
{
    public static readonly AwsJsonService Instance = new(CloudWatchLogsJson.Default, Error)
    {
        ServiceId = "CloudWatch Logs",
        Version = "2014-03-28",
        EndpointPrefix = "logs",
        SigningName = "logs",
        TargetPrefix = "Logs_20140328",
    };

    private static AmazonCloudWatchLogsException Error(ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "InvalidParameterException" => new InvalidParameterException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ResourceNotFoundException" => new ResourceNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ServiceUnavailableException" => new ServiceUnavailableException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonCloudWatchLogsException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
