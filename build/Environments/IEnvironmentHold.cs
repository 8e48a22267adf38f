namespace Slipway.Build.Environments;

/// <summary>An environment that no other command changes until this is disposed.</summary>
public interface IEnvironmentHold : IAsyncDisposable
{
    /// <summary>Cancelled when that is not so any more: whoever holds it has to stop.</summary>
    CancellationToken Lost { get; }
}
