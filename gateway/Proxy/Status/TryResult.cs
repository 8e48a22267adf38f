using Slipway.Gateway.Forwarding;

namespace Slipway.Gateway.Status;

/// <summary>How a try is counted: for the server that it was sent to, even if another server served the request afterwards.</summary>
public enum TryResult
{
    /// <summary>A status below 500.</summary>
    Answered,

    /// <summary>A 5xx that is not a refusal.</summary>
    Error,

    /// <summary>502 or 503: the server is stopping, starting or overloaded.</summary>
    Refused,

    /// <summary>The server refused or broke the connection, or stopped responding.</summary>
    Failed,

    TimedOut,

    /// <summary>The gateway could not send the request, or could not read the response.</summary>
    NotPassable,

    /// <summary>The caller disconnected before there was a response, or never finished its request.</summary>
    Abandoned,
}

public static class TryResults
{
    /// <param name="status">The status of the response, if there is one.</param>
    /// <param name="wasHeldBack">Whether the response was a refusal that the caller does not get, because the request is retried on another server.</param>
    public static TryResult Of(TryOutcome outcome, int status, bool wasHeldBack) => outcome switch
    {
        _ when wasHeldBack => TryResult.Refused,
        TryOutcome.Answered when status is StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => TryResult.Refused,
        TryOutcome.Answered when status >= StatusCodes.Status500InternalServerError => TryResult.Error,
        TryOutcome.Answered => TryResult.Answered,
        TryOutcome.ServerFailed => TryResult.Failed,
        TryOutcome.TimedOut => TryResult.TimedOut,
        TryOutcome.NotPassable => TryResult.NotPassable,
        _ => TryResult.Abandoned,
    };

    /// <summary>Whether the server failed to respond properly.</summary>
    public static bool IsBad(this TryResult result) => result is TryResult.Error or TryResult.Refused or TryResult.Failed or TryResult.TimedOut;
}
