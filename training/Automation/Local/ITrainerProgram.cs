namespace Slipway.Automation.Local;

/// <summary>The trainer, ready to work in a prepared folder.</summary>
public interface ITrainerProgram
{
    /// <param name="root">The folder of the job, with the layout of <c>/opt/ml</c>.</param>
    /// <param name="output">Receives each line that the trainer prints.</param>
    /// <exception cref="OperationCanceledException">It was stopped, and nothing of it is left running.</exception>
    Task<TrainerEnd> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation);
}
