namespace Slipway.Automation.SageMaker;

/// <summary>A version that somebody rejected in SageMaker's model registry.</summary>
public sealed record RejectedPackage(string Model, string Arn);
