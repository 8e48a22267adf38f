using System.Net.Sockets;
using Slipway.Gateway.Forwarding;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Tests.Forwarding;

public class TryOutcomeTests
{
    private static TryOutcome Of(ForwarderError error, Exception? cause = null, bool wasTakenBack = false) => TryOutcomes.Of(error, cause, wasTakenBack);

    [TestCase(SocketError.ConnectionRefused)]
    [TestCase(SocketError.ConnectionReset)]
    [TestCase(SocketError.HostUnreachable)]
    [TestCase(SocketError.Shutdown)]
    public void AConnectionThatIsRefusedOrBreaksIsTheServers(SocketError socket) =>
        Assert.That(
            new[] { ForwarderError.Request, ForwarderError.RequestBodyDestination, ForwarderError.ResponseBodyDestination }
                .Select(error => Of(error, new HttpRequestException("x", new IOException("y", new SocketException((int)socket))))),
            Has.All.EqualTo(TryOutcome.ServerFailed));

    [Test]
    public void AnAnswerThatEndsTooSoonIsTheServers()
    {
        Assert.That(Of(ForwarderError.Request, new HttpRequestException(HttpRequestError.ResponseEnded)), Is.EqualTo(TryOutcome.ServerFailed));
        Assert.That(
            Of(ForwarderError.ResponseBodyDestination, new AggregateException(new HttpIOException(HttpRequestError.ResponseEnded))), Is.EqualTo(TryOutcome.ServerFailed));
    }

    [TestCase(HttpRequestError.ConfigurationLimitExceeded)]
    [TestCase(HttpRequestError.InvalidResponse)]
    [TestCase(HttpRequestError.Unknown)]
    public void WhatTheGatewayCannotReadOrSendIsNobodysFailure(HttpRequestError error) =>
        Assert.That(Of(ForwarderError.Request, new HttpRequestException(error, "x", new HttpIOException(error))), Is.EqualTo(TryOutcome.NotPassable));

    [TestCase(SocketError.TooManyOpenSockets)]
    [TestCase(SocketError.AddressNotAvailable)]
    public void WhatThisMachineHasNoneOfIsNotTheServersFailure(SocketError shortage) =>
        Assert.That(
            Of(ForwarderError.Request, new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException((int)shortage))),
            Is.EqualTo(TryOutcome.NotPassable));

    [TestCase(ForwarderError.ResponseHeaders)]
    [TestCase(ForwarderError.RequestCreation)]
    public void HeadersThatCannotBePassedOnAreNobodysFailure(ForwarderError error) =>
        Assert.That(Of(error, new InvalidOperationException("x")), Is.EqualTo(TryOutcome.NotPassable));

    [Test]
    public void AServerThatTakesLongIsNotOneThatTakesNoConnection()
    {
        Assert.That(Of(ForwarderError.RequestTimedOut, new TaskCanceledException()), Is.EqualTo(TryOutcome.TimedOut));
        Assert.That(Of(ForwarderError.RequestTimedOut, new TaskCanceledException("x", new TimeoutException())), Is.EqualTo(TryOutcome.ServerFailed));
    }

    [Test]
    public void SilenceIsTheServersAndACallerWhoLeavesIsNot()
    {
        Assert.That(Of(ForwarderError.RequestCanceled, new TaskCanceledException(), wasTakenBack: true), Is.EqualTo(TryOutcome.ServerFailed));
        Assert.That(Of(ForwarderError.RequestCanceled, new TaskCanceledException()), Is.EqualTo(TryOutcome.CallerFailed));
    }

    [TestCase(ForwarderError.None, TryOutcome.Answered)]
    [TestCase(ForwarderError.RequestBodyClient, TryOutcome.CallerFailed)]
    [TestCase(ForwarderError.RequestBodyCanceled, TryOutcome.CallerFailed)]
    [TestCase(ForwarderError.ResponseBodyClient, TryOutcome.CallerFailed)]
    public void ACallersFaultIsNotTheServers(ForwarderError error, TryOutcome expected) =>
        Assert.That(Of(error, new IOException("x", new SocketException((int)SocketError.ConnectionReset))), Is.EqualTo(expected));
}
