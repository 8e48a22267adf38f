using Slipway.Registry;

namespace Slipway.Inference.Generations;

/// <summary>A version that arrived complete but must not be served: the message says why. It is quarantined and not retried at once.</summary>
public sealed class ModelRejectedException : SlipwayException
{
    public ModelRejectedException(string message) : base(message) { }
    public ModelRejectedException(string message, Exception inner) : base(message, inner) { }
}
