namespace Slipway.Automation.SageMaker;

/// <summary>Somebody stopped waiting for a job; the message says what becomes of it.</summary>
public sealed class TrainingInterruptedException(string message, CancellationToken cancellation) : OperationCanceledException(message, cancellation);
