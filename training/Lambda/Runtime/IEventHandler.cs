using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>Processes an event. Idempotent: Lambda delivers at least once, and in any order.</summary>
internal interface IEventHandler
{
    /// <exception cref="SlipwayException">It failed; the event is redelivered, and finally kept in the dead-letter queue.</exception>
    Task<EventResponse> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation);
}
