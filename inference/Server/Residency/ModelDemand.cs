namespace Slipway.Inference.Residency;

/// <summary>The requests that wait for a model that is not loaded. They share one load.</summary>
public sealed class ModelDemand
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _wanted = New();
    private TaskCompletionSource<string?>? _answer;

    public bool IsWanted
    {
        get
        {
            lock (_lock)
                return _answer is not null;
        }
    }

    /// <summary>Completed while requests wait.</summary>
    public Task Wanted
    {
        get
        {
            lock (_lock)
                return _wanted.Task;
        }
    }

    /// <returns>What is in the way of loading the model, as a sentence; null once it is loaded.</returns>
    public Task<string?> RequestAsync()
    {
        lock (_lock)
        {
            if (_answer is null)
            {
                _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _wanted.SetResult();
            }

            return _answer.Task;
        }
    }

    /// <summary>To all requests that wait at this moment.</summary>
    /// <param name="obstacle">Why the model is not loaded, as a sentence; null if it is.</param>
    public void Answer(string? obstacle)
    {
        TaskCompletionSource<string?> answer;
        lock (_lock)
        {
            if (_answer is null)
                return;
            (answer, _answer, _wanted) = (_answer, null, New());
        }

        answer.SetResult(obstacle);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
