namespace Slipway.Benchmarks.Load;

/// <summary>Generates load on a server.</summary>
public interface ILoad
{
    Task<LoadResult> RunAsync(LoadJob job, CancellationToken cancellation);
}
