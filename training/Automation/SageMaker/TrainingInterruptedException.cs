namespace Slipway.Automation.SageMaker;

/// <summary>Somebody stopped waiting for a job; the message says what happens to it.</summary>
public sealed class TrainingInterruptedException(string message, CancellationToken cancellation) : OperationCanceledException(message, cancellation);
