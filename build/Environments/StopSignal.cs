using System.Runtime.InteropServices;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Build.Environments;

/// <summary>
/// Lets a target clean up when it is interrupted (Ctrl-C) or terminated: until this is disposed, the signal does not kill the process
/// but cancels its work.
/// </summary>
public sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal() => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Stop)),
    ];

    public CancellationToken Token => _source.Token;

    /// <exception cref="SlipwayException">The work was stopped by a signal; the message says what that means.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, string stopped)
    {
        try
        {
            return await work(Token);
        }
        catch (Exception e) when (Token.IsCancellationRequested && e is OperationCanceledException or SlipwayException)
        {
            throw new SlipwayException(e is TrainingInterruptedException ? $"{stopped} {e.Message}" : stopped, e);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<CancellationToken, Task> work, string stopped) => RunAsync(
        async token =>
        {
            await work(token);
            return true;
        },
        stopped);

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _source.Cancel();
    }
}
