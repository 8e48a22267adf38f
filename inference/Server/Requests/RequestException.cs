namespace Slipway.Inference.Requests;

/// <summary>A request that cannot be served as it is: becomes a problem document with this status.</summary>
public sealed class RequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
    public static RequestException NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}
