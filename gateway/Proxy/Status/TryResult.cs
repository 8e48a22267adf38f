using Slipway.Gateway.Forwarding;

namespace Slipway.Gateway.Status;

/// <summary>How a try is counted: by the server that it was sent to, also when another server answered the request afterwards.</summary>
public enum TryResult
{
    /// <summary>A status below 500.</summary>
    Answered,

    /// <summary>Another 5xx than a refusal.</summary>
    Error,

    /// <summary>502 or 503: the server is stopping, starting or overloaded.</summary>
    Refused,

    /// <summary>The server refused or broke the connection, or fell silent.</summary>
    Failed,

    TimedOut,

    /// <summary>The gateway could not send the request, or could not read the answer.</summary>
    NotPassable,

    /// <summary>The caller went away before there was an answer, or never finished its request.</summary>
    Abandoned,
}

public static class TryResults
{
    /// <param name="status">Of the answer, where there is one.</param>
    /// <param name="wasHeldBack">Whether the answer was a refusal that the caller does not get, because the request goes to another server.</param>
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

    /// <summary>Whether it is the server that did not answer as it should.</summary>
    public static bool IsBad(this TryResult result) => result is TryResult.Error or TryResult.Refused or TryResult.Failed or TryResult.TimedOut;
}
