namespace Slipway.Automation.SageMaker;

/// <summary>A dataset arrived in the bucket.</summary>
/// <param name="Version">The object version that arrived; there may be a newer one by now.</param>
public sealed record DatasetArrival(string Model, string Key, string Version);
