using System.Net;
using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling;

public class AmazonApplicationAutoScalingException : AmazonServiceException
{
    public AmazonApplicationAutoScalingException(string message) : base(message)
    {
    }

    public AmazonApplicationAutoScalingException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
