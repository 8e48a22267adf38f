namespace Slipway.Inference.Bakes;

/// <summary>A version failed a request and was put back, so that the version before answers that request.</summary>
public sealed class VersionPutBackException() : Exception("The version was put back.");
