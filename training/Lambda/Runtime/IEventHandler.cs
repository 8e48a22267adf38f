using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>Does what an event asks for. Safe to repeat: Lambda delivers at least once, and in any order.</summary>
internal interface IEventHandler
{
    /// <exception cref="SlipwayException">It can not be done; the event is delivered again, and kept in the dead-letter queue at last.</exception>
    Task<EventAnswer> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation);
}
