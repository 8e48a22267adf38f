using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>The result of sending a request to one server.</summary>
public enum TryOutcome
{
    /// <summary>A response, whatever its status.</summary>
    Answered,

    /// <summary>The server refused or broke the connection, or stopped responding.</summary>
    ServerFailed,

    /// <summary>The server did not respond in time. It may be working on the request, so this does not count as its failure.</summary>
    TimedOut,

    /// <summary>The gateway could not send the request, or could not read the response.</summary>
    NotPassable,

    /// <summary>The caller's request could not be read to its end, or the caller disconnected.</summary>
    CallerFailed,
}

/// <summary>Decides who is responsible for a try without a response. Only what the server did counts against it. Pure.</summary>
public static class TryOutcomes
{
    /// <param name="wasTakenBack">Whether the try was cancelled because its server became unresponsive; see <see cref="UnresponsiveServerWatch"/>.</param>
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

    /// <summary>This inner exception distinguishes the client's connect timeout from a cancelled request.</summary>
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

    /// <summary>No file handle, port or memory is left for another connection, in this process or on this machine, whichever server it is for.</summary>
    private static bool IsOwnShortage(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.AddressNotAvailable or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit;
}
