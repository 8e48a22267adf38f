using Slipway.Inference.Generations;
using Slipway.Registry;
using Slipway.Registry.Models;

namespace Slipway.Inference.Evaluators;

/// <summary>Compiles verified versions, where that is supported, and lets the result answer if it predicts what ONNX Runtime does.</summary>
/// <param name="enabled">False: ONNX Runtime evaluates all models.</param>
public sealed partial class ModelCompiler(bool enabled, TimeProvider time, ILogger<ModelCompiler> logger)
{
    // of 100 trees: 10 ms
    private const int ComparedRows = 2048;

    private static readonly TimeSpan ComparisonLimit = TimeSpan.FromMilliseconds(200);

    private long _mismatches;

    /// <summary>Versions that ONNX Runtime evaluates because their compiled form predicted something else.</summary>
    public long Mismatches => Interlocked.Read(ref _mismatches);

    /// <param name="generation">Evaluated by ONNX Runtime, and verified.</param>
    /// <param name="onnx">Its file.</param>
    /// <param name="given">Cancelled when nobody waits for it any more.</param>
    public void Compile(ModelGeneration generation, string onnx, GoldenSet golden, CancellationToken given)
    {
        if (!enabled)
            return;
        var (profile, manifest) = (generation.Profile, generation.Profile.Manifest);
        try
        {
            var compiled = CompiledModel.Of(File.ReadAllBytes(onnx), profile.Encoder.Width, (profile.Schema.Output.Name, profile.OutputWidth));
            if (new EvaluatorComparison(ComparedRows, ComparisonLimit, time).Difference(compiled, generation, golden, given) is { } difference)
            {
                Interlocked.Increment(ref _mismatches);
                LogMismatch(manifest.Model, manifest.Version, difference);
                return;
            }

            generation.Use(compiled);
        }
        catch (SlipwayException e) when (e is not RunTimeoutException)
        {
            LogNotCompiled(manifest.Model, manifest.Version, e.Message);
        }
        catch (Exception e) when (e is not (OperationCanceledException or RunTimeoutException))
        {
            // whatever is wrong with it, the model itself was verified
            LogFailed(manifest.Model, manifest.Version, e);
        }
    }
}
