namespace Slipway.Automation.SageMaker;

/// <summary>A dataset came into the bucket.</summary>
/// <param name="Version">The object version that came; there may be a newer one by now.</param>
public sealed record DatasetArrival(string Model, string Key, string Version);
