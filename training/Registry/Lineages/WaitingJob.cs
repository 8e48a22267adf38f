namespace Slipway.Registry.Lineages;

/// <summary>
/// A training job on AWS that has completed, and whose model cannot be rolled out yet: <c>traffic/&lt;gateway&gt;/waiting/&lt;job&gt;.json</c>. It has no
/// outcome; its version is registered when its turn comes.
/// </summary>
/// <param name="Reason">What it waits for, as a sentence.</param>
public sealed record WaitingJob(string TrainingJob, string Reason, DateTimeOffset Since);
