using System.Diagnostics.Metrics;
using Slipway.Inference.Evaluators;
using Slipway.Inference.Metrics;
using Slipway.Inference.Slots;

namespace Slipway.Inference.Residency;

/// <summary>What is loaded, and what waits for that; of the same meter as <see cref="InferenceMetrics"/>.</summary>
public sealed class ResidencyMetrics
{
    public ResidencyMetrics(IMeterFactory meters, ModelCatalog catalog, ResidentModels residents, ModelLoads loads, ColdStarts cold, ModelCompiler compiler)
    {
        var meter = meters.Create(InferenceMetrics.MeterName);
        meter.CreateObservableGauge("slipway.inference.resident", () => catalog.AnyOrder.Count(slot => slot.IsResident), "{model}", "Loaded models");
        meter.CreateObservableGauge("slipway.inference.model_memory", () => catalog.AnyOrder.Sum(slot => slot.ResidentBytes), "By", "Memory that loaded models take, estimated from their files");
        meter.CreateObservableCounter("slipway.inference.loads", () => loads.Completed, "{load}", "Versions that were loaded and verified");
        meter.CreateObservableGauge("slipway.inference.loads.waiting", () => loads.Waiting, "{load}", "Versions that wait for their turn to be loaded");
        meter.CreateObservableCounter("slipway.inference.compiled.mismatches", () => compiler.Mismatches, "{version}", "Versions that ONNX Runtime evaluates because their compiled form predicted something else");
        meter.CreateObservableCounter("slipway.inference.evictions", () => residents.Evictions, "{model}", "Models that were unloaded to make room for others");
        meter.CreateObservableCounter("slipway.inference.cold_starts", () => cold.Started, "{request}", "Requests to a model that was not loaded");
        meter.CreateObservableGauge("slipway.inference.cold_starts.waiting", () => cold.Waiting, "{request}", "Requests that wait for a model to be loaded");
    }
}
