namespace Slipway.Build.Environments;

/// <summary>Keeps other commands from changing an environment until it is disposed.</summary>
public interface IEnvironmentLock : IAsyncDisposable
{
    /// <summary>Cancelled when the lock is lost: the holder has to stop.</summary>
    CancellationToken Lost { get; }
}
