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
        var asked = context.Request.QueryString.HasValue ? context.Request.Query["model"].ToString() : "";
        var model = asked.Length > 0 ? asked : options.DefaultModel;
        if (model is not null)
            return catalog.Find(model) ?? throw Unknown(model);
        var slots = catalog.Slots;
        return slots.Count == 1
            ? slots[0]
            : throw RequestException.Bad(slots.Count == 0
                ? "This server has no models yet."
                : $"Specify the model: /invocations?model=<name>. Models: {ShownText.List(slots.Select(slot => slot.Model))}.");
    }

    /// <summary>For exception filters: the model that a failed request was for, although its path does not name it. Catches nothing.</summary>
    public static bool Failed(HttpContext context, ModelSlot slot)
    {
        context.Request.RouteValues["model"] = slot.Model;
        return false;
    }

    /// <summary>If the server loads models at their first request: waits until this one is loaded, and keeps it loaded until the result is disposed.</summary>
    /// <exception cref="RequestException">404: the version is not served; 503: the model could not be loaded in time.</exception>
    public ValueTask<ModelLease?> LoadedAsync(HttpContext context, ModelSlot slot, string? version = null)
    {
        CheckVersion(slot, version);
        return cold.LoadedAsync(slot, context);
    }

    /// <param name="version">The one that the path names; null for whichever is served.</param>
    /// <exception cref="RequestException">404: the version is not served; 503: none is served yet.</exception>
    public ModelLease Lease(ModelSlot slot, string? version = null)
    {
        if (!slot.TryLease(out var lease))
            throw new RequestException(StatusCodes.Status503ServiceUnavailable, NotLoaded(slot.State));
        if (version is null || version == lease.Generation.Profile.VersionText.Value)
            return lease;

        var served = lease.Generation.Profile.Manifest.Version;
        lease.Dispose();
        throw NotServed(slot, version, served);
    }

    /// <summary>The version that a path names; null if it names none.</summary>
    public static string? VersionOf(HttpContext context) => context.Request.RouteValues["version"] as string;

    /// <summary>Before anything is loaded for a request.</summary>
    /// <exception cref="RequestException">404: the version is not served.</exception>
    public static void CheckVersion(ModelSlot slot, string? version)
    {
        if (version is not null && slot.State.Serving is { Version: var served } && version != served.ToString(CultureInfo.InvariantCulture))
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
