using Slipway.Registry;

namespace Slipway.Automation.Lambda;

/// <summary>
/// Takes one event after the other until it is stopped. An event that can not be handled is reported and the next one taken; only when the
/// Runtime API itself does not answer does the loop end, and Lambda starts the process anew.
/// </summary>
internal sealed class RuntimeLoop(RuntimeApi api, IEventHandler handler, FunctionLog log, TimeProvider time)
{
    // Time to say that there was not enough of it.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(15); // no function runs longer

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            FunctionInvocation invocation;
            try
            {
                invocation = await api.NextAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await AnswerAsync(invocation, stop);
        }
    }

    private async Task AnswerAsync(FunctionInvocation invocation, CancellationToken stop)
    {
        log.RequestId = invocation.RequestId;
        // The AWS SDK passes it on with every call that it makes.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.Trace);
        var (answer, failure) = await TryHandleAsync(invocation, stop);
        if (answer is not null)
        {
            log.Say(answer.Text);
            await api.SucceedAsync(invocation.RequestId, answer);
        }
        else if (failure is not null)
        {
            log.Fail(failure);
            await api.FailAsync(invocation.RequestId, RuntimeError.Of(failure));
        }

        log.RequestId = null;
    }

    // Whatever goes wrong with one event, also a defect, the others are handled.
    private async Task<(EventAnswer? Answer, Exception? Failure)> TryHandleAsync(FunctionInvocation invocation, CancellationToken stop)
    {
        try
        {
            return (await HandleAsync(invocation, stop), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
    }

    private async Task<EventAnswer> HandleAsync(FunctionInvocation invocation, CancellationToken stop)
    {
        var left = invocation.Deadline - time.GetUtcNow() - Reserve;
        if (left <= TimeSpan.Zero)
            throw new EventTimeoutException("The event came with no time left to handle it; Lambda delivers it again. Give the function a longer time-out if this repeats.");

        using var deadline = new CancellationTokenSource(left < LongestDeadline ? left : LongestDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        try
        {
            return await handler.HandleAsync(invocation.Payload, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new EventTimeoutException(
                $"The event was not handled within {left.TotalSeconds:0.0} s. Lambda delivers it again, and what was begun is completed then. Give the function a longer time-out if this repeats.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new EventTimeoutException("The function was stopped while it handled the event. Lambda delivers it again, and what was begun is completed then.");
        }
    }
}

/// <summary>An event was not handled in time; nothing is lost by that.</summary>
internal sealed class EventTimeoutException(string message) : SlipwayException(message);
