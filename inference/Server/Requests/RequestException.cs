namespace Slipway.Inference.Requests;

/// <summary>A request that cannot be served as it is: becomes a problem document with this status.</summary>
public sealed class RequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The column whose value has the wrong type, if that is the reason.</summary>
    public int? Column { get; private init; }

    /// <summary>A value of a column is not what the column takes.</summary>
    public static RequestException BadValue(int column, string message) => new(StatusCodes.Status400BadRequest, message) { Column = column };

    public static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
    public static RequestException NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}
