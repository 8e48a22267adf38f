using Slipway.Registry;

namespace Slipway.Inference.Generations;

/// <summary>A version that arrived whole but must not answer: the message says why. It is quarantined, not asked for again at once.</summary>
public sealed class ModelRejectedException : SlipwayException
{
    public ModelRejectedException(string message) : base(message) { }
    public ModelRejectedException(string message, Exception inner) : base(message, inner) { }
}
