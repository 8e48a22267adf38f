using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Inference.Options;
using Slipway.Inference.Residency;
using Slipway.Inference.Slots;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Requests;

/// <summary>Finds the model in a request's route, and its version if given.</summary>
public sealed class ModelLookup(ModelCatalog catalog, ColdStarts cold, InferenceOptions options)
{
    /// <exception cref="RequestException">404: the model does not exist.</exception>
    public ModelSlot Find(HttpContext context)
    {
        var model = (string)context.Request.RouteValues["model"]!;
        return catalog.Find(model) ?? throw Unknown(model);
    }

    /// <summary>For requests whose path names no model: the query, the configured model, or the only one there is.</summary>
    public ModelSlot FindOnly(HttpContext context)
    {
        var asked = context.Request.Query["model"].ToString();
        var model = asked.Length > 0 ? asked : options.DefaultModel;
        var slots = model is null ? catalog.Slots : []; // sorted, which takes a while with a thousand models
        model ??= slots.Count == 1 ? slots[0].Model : null;
        if (model is null)
            throw RequestException.Bad(slots.Count == 0
                ? "This server has no models yet."
                : $"Specify the model: /invocations?model=<name>. Models: {ShownText.List(slots.Select(slot => slot.Model))}.");

        context.Request.RouteValues["model"] = model;
        return Find(context);
    }

    /// <summary>If the server loads models at their first request: waits until this one is loaded, and keeps it loaded until the result is disposed.</summary>
    /// <exception cref="RequestException">404: the version is not served; 503: the model could not be loaded in time.</exception>
    public ValueTask<ModelLease?> LoadedAsync(HttpContext context, ModelSlot slot)
    {
        CheckVersion(context, slot);
        return cold.LoadedAsync(slot, context.RequestAborted);
    }

    /// <exception cref="RequestException">404: the version is not served; 503: none is served yet.</exception>
    public ModelLease Lease(HttpContext context, ModelSlot slot)
    {
        if (!slot.TryLease(out var lease))
            throw new RequestException(StatusCodes.Status503ServiceUnavailable, NotLoaded(slot.State));
        if (context.Request.RouteValues["version"] is not string version || version == lease.Generation.Profile.VersionText.Value)
            return lease;

        var served = lease.Generation.Profile.Manifest.Version;
        lease.Dispose();
        throw NotServed(slot, version, served);
    }

    /// <summary>Before anything is loaded for a request.</summary>
    /// <exception cref="RequestException">404: the version is not served.</exception>
    public static void CheckVersion(HttpContext context, ModelSlot slot)
    {
        if (context.Request.RouteValues["version"] is string version && slot.State.Serving is { Version: var served } && version != served.ToString(CultureInfo.InvariantCulture))
            throw NotServed(slot, version, served);
    }

    private static RequestException NotServed(ModelSlot slot, string version, int served) =>
        RequestException.NotFound($"Version '{ShownText.Of(version)}' of '{slot.Model}' is not served here; version {served} is.");

    public RequestException Unknown(string model) => RequestException.NotFound(
        catalog.Slots.Count == 0
            ? $"There is no model '{ShownText.Of(model)}': this server has no models yet."
            : $"There is no model '{ShownText.Of(model)}'. Models: {ShownText.List(catalog.Slots.Select(slot => slot.Model))}.");

    private static string NotLoaded(SlotState state) => state is { Desired: { } desired, Phase: ServedModelState.Failed }
        ? string.Create(CultureInfo.InvariantCulture, $"Version {desired} of '{state.Model}' cannot be served: {state.QuarantineOf(desired)?.Reason}")
        : $"'{state.Model}' is not loaded yet.";
}
