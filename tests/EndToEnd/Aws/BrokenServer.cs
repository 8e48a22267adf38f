namespace Slipway.EndToEnd.Tests.Aws;

/// <summary>A build whose server cannot start: its configuration for the runtime is no JSON.</summary>
internal sealed class BrokenServer : IDisposable
{
    private readonly string _file = Path.Combine(
        BuildHost.Repository, "inference", "Server", "bin", BuildHost.Configuration, "net10.0", "Slipway.Inference.runtimeconfig.json");

    private readonly byte[] _before;

    public BrokenServer()
    {
        _before = File.ReadAllBytes(_file);
        File.WriteAllText(_file, "{");
    }

    public void Dispose() => File.WriteAllBytes(_file, _before);
}
