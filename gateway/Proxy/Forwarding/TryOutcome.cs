using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>How one try of a request on one server ended.</summary>
public enum TryOutcome
{
    /// <summary>With an answer; its status is the server's business.</summary>
    Answered,

    /// <summary>The server refused or broke the connection, or fell silent.</summary>
    ServerFailed,

    /// <summary>The server did not answer in time. It may be working on the request, so this is no failure of its own.</summary>
    TimedOut,

    /// <summary>The gateway could not send the request, or could not read the answer.</summary>
    NotPassable,

    /// <summary>The caller's request could not be read to its end, or the caller went away.</summary>
    CallerFailed,
}

/// <summary>Whose fault it is that a try has no answer. Only what the server did counts against it. Pure.</summary>
public static class TryOutcomes
{
    /// <param name="wasTakenBack">Whether the try ended because its server fell silent; see <see cref="SilenceWatch"/>.</param>
    public static TryOutcome Of(ForwarderError error, Exception? cause, bool wasTakenBack) => error switch
    {
        ForwarderError.None => TryOutcome.Answered,
        ForwarderError.RequestCanceled when wasTakenBack => TryOutcome.ServerFailed,
        ForwarderError.RequestTimedOut => HasNotConnected(cause) ? TryOutcome.ServerFailed : TryOutcome.TimedOut,
        ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination =>
            IsBroken(cause) ? TryOutcome.ServerFailed : TryOutcome.NotPassable,
        ForwarderError.RequestCreation or ForwarderError.ResponseHeaders => TryOutcome.NotPassable,
        _ => TryOutcome.CallerFailed,
    };

    /// <summary>The client tells its own limit for connecting from a cancelled request by this inner exception.</summary>
    private static bool HasNotConnected(Exception? cause) => cause is OperationCanceledException { InnerException: TimeoutException };

    private static bool IsBroken(Exception? cause) => cause switch
    {
        null => false,
        SocketException socket => !IsOwnShortage(socket.SocketErrorCode),
        AggregateException several => several.InnerExceptions.Any(IsBroken),
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => true,
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => true,
        _ => IsBroken(cause.InnerException),
    };

    /// <summary>No file, port or memory is left for another connection: of this process or machine, whichever server it was for.</summary>
    private static bool IsOwnShortage(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.AddressNotAvailable or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit;
}
