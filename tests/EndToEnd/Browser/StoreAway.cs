namespace Slipway.EndToEnd.Tests.Browser;

/// <summary>
/// The store of an environment on this machine is away until it is disposed: where its folder was, there is a file, so that nobody can read or make anything there.
/// Between the two steps, a server may make the folder anew; then it is tried again.
/// </summary>
internal sealed class StoreAway : IDisposable
{
    private readonly string _store;
    private readonly string _away;
    private int _made;

    public StoreAway(string environment)
    {
        (_store, _away) = (Path.Combine(environment, "store"), Path.Combine(environment, "store-away"));
        Directory.Move(_store, _away);
        while (!TryBlock())
            Clear();
    }

    public void Dispose()
    {
        File.Delete(_store);
        while (!TryPutBack())
            Clear();
    }

    private bool TryBlock()
    {
        try
        {
            using var file = new FileStream(_store, FileMode.CreateNew);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool TryPutBack()
    {
        try
        {
            Directory.Move(_away, _store);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Puts aside what was made meanwhile.</summary>
    private void Clear()
    {
        if (Directory.Exists(_store))
            Directory.Move(_store, $"{_away}-{++_made}");
    }
}
