using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Slipway.Gateway.Options;
using Yarp.ReverseProxy.Model;

namespace Slipway.Gateway.Forwarding;

/// <summary>
/// Withdraws requests from an unresponsive server: one that has responded neither to them within <see cref="GatewayOptions.FirstTryTimeout"/>
/// nor to its probe. A server that responds to its probe is slow, not hung; a retry would do the same work twice.
/// Requests are watched in batches, one per probe, so that a request needs no timer.
/// </summary>
public sealed class UnresponsiveServerWatch(GatewayOptions options, TimeProvider time)
{
    private readonly ConditionalWeakTable<DestinationState, Batches> _servers = [];

    /// <summary>Cancelled when the request should be retried elsewhere.</summary>
    public CancellationToken Wait(DestinationState? server) =>
        server is null ? CancellationToken.None : Of(server).Current;

    public void Probed(DestinationState server, bool isSilent) => Of(server).Close(isSilent, options, time);

    private Batches Of(DestinationState server) => _servers.GetValue(server, static _ => new());

    [SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds no resources, and requests may still read it.")]
    private sealed class Batches
    {
        private readonly Queue<(CancellationTokenSource Batch, long ClosedAt)> _closed = new();
        private volatile CancellationTokenSource _open = new();

        public CancellationToken Current => _open.Token;

        public void Close(bool isSilent, GatewayOptions options, TimeProvider time)
        {
            lock (_closed)
            {
                _closed.Enqueue((_open, time.GetTimestamp()));
                _open = new();
                // requests of a batch that is older than this have ended
                while (_closed.TryPeek(out var oldest) && time.GetElapsedTime(oldest.ClosedAt) is var age
                    && (age > options.RequestTimeout || (isSilent && age >= options.FirstTryTimeout)))
                {
                    _closed.Dequeue();
                    if (isSilent)
                        oldest.Batch.Cancel();
                }
            }
        }
    }
}
