using Slipway.Registry;

namespace Slipway.Inference.Evaluators;

/// <summary>ONNX Runtime has to evaluate a model: the message says which part of it is not supported.</summary>
public sealed class NotCompiledException(string reason) : SlipwayException(reason);
