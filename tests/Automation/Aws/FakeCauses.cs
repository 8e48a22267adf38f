using Slipway.Automation.Retraining;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Automation.Tests.Aws;

/// <summary>What monitoring has found, as the test says it.</summary>
internal sealed class FakeCauses : IRetrainCauses
{
    private readonly Dictionary<(string Model, int Version, string Kind), RetrainCause> _found = [];

    public RetrainCause Finds(string model, int version, RetrainKind kind = RetrainKind.Drift, string window = "20260102T0300")
    {
        var cause = new RetrainCause(kind.Word(), $"monitoring/{model}/{kind.Word()}/{window}.{version}.json", $"torque of version {version} is 3.1 times beyond its bound", version);
        return _found[(model, version, cause.Kind)] = cause;
    }

    public Task<RetrainCause?> FindAsync(string model, int version, RetrainKind kind, CancellationToken cancellation) =>
        Task.FromResult(_found.GetValueOrDefault((model, version, kind.Word())));
}
