using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>
/// Processes one event after the other until it is stopped. An event that fails is reported and the next one taken; only if the
/// Runtime API itself fails does the loop end, and Lambda restarts the process.
/// </summary>
internal sealed class RuntimeLoop(RuntimeApi api, IEventHandler handler, FunctionLog log, TimeProvider time)
{
    // Time to report that there was not enough of it.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxDeadline = TimeSpan.FromMinutes(15); // the maximum for a function

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
        // The AWS SDK passes it on with every call.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.Trace);
        var (answer, failure) = await TryHandleAsync(invocation, stop);
        if (answer is not null)
        {
            log.Info(answer.Text);
            await api.SucceedAsync(invocation.RequestId, answer);
        }
        else if (failure is not null)
        {
            log.Fail(failure);
            await api.FailAsync(invocation.RequestId, RuntimeError.Of(failure));
        }

        log.RequestId = null;
    }

    // Whatever fails for one event, including bugs, the others are processed.
    private async Task<(EventResponse? Answer, Exception? Failure)> TryHandleAsync(FunctionInvocation invocation, CancellationToken stop)
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

    private async Task<EventResponse> HandleAsync(FunctionInvocation invocation, CancellationToken stop)
    {
        var left = invocation.Deadline - time.GetUtcNow() - Reserve;
        if (left <= TimeSpan.Zero)
            throw new EventTimeoutException("There was no time left to process the event; Lambda redelivers it. If this happens repeatedly, increase the function's timeout.");

        using var deadline = new Deadline(left < MaxDeadline ? left : MaxDeadline, time, stop);
        try
        {
            return await handler.HandleAsync(invocation.Payload, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw new EventTimeoutException(
                $"The event was not processed within {left.TotalSeconds:0.0} s. Lambda redelivers it, and the work is completed then. If this happens repeatedly, increase the function's timeout.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new EventTimeoutException("The function was stopped while it processed the event. Lambda redelivers it, and the work is completed then.");
        }
    }
}

/// <summary>An event was not processed in time; nothing is lost by that.</summary>
internal sealed class EventTimeoutException(string message) : SlipwayException(message);
