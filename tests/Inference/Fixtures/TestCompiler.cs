using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Inference.Evaluators;

namespace Slipway.Inference.Tests.Fixtures;

internal static class TestCompiler
{
    public static ModelCompiler Create(bool enabled = true) => new(enabled, TimeProvider.System, NullLogger<ModelCompiler>.Instance);
}
