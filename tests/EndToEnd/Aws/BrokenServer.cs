namespace Slipway.EndToEnd.Tests.Aws;

/// <summary>A build whose server cannot start: its runtime configuration is not JSON.</summary>
internal sealed class BrokenServer : IDisposable
{
    private readonly string _file;
    private readonly byte[] _before;

    /// <param name="root">A tree of the test's own.</param>
    public BrokenServer(string root)
    {
        _file = Path.Combine(root, "inference", "Server", "bin", BuildHost.Configuration, "net10.0", "Slipway.Inference.runtimeconfig.json");
        _before = File.ReadAllBytes(_file);
        File.WriteAllText(_file, "{");
    }

    public void Dispose() => File.WriteAllBytes(_file, _before);
}
