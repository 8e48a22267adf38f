using System.Text.Json;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Requests;
using Slipway.Inference.Slots;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Protocol;

/// <summary>
/// <c>POST /v2/models/{model}/feedback</c>: the true label of a prediction, logged next to it. If there are several for one prediction, the last one counts; the same
/// one again changes nothing.
/// </summary>
public sealed class FeedbackEndpoint(
    ModelLookup models, PredictionIds ids, PredictionLog log, RecentFeedback recent, RequestBodies bodies, InferLimits limits, TimeProvider time)
{
    private const int MaxBytes = 64 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var slot = models.Find(context);
        ContentTypes.Require(context.Request, ContentTypes.Json, allowNone: true);
        using var body = await bodies.ReadAsync(context.Request, MaxBytes);
        var feedback = Read(slot, body.Bytes[RequestBody.MarkLength(body.Bytes.Span)..]);
        if (!log.Enabled)
            throw new RequestException(StatusCodes.Status501NotImplemented, "The prediction log of this server is disabled, so feedback cannot be stored.");
        if (recent.IsNews(feedback.PredictionId, feedback.Label.Span))
        {
            if (!log.Add(feedback))
                throw new RequestException(StatusCodes.Status503ServiceUnavailable, "The prediction log is full: the store is slow or unavailable. Try again later.");
            recent.Remember(feedback.PredictionId, feedback.Label.Span);
        }

        await JsonResponse.WriteAsync(context, StatusCodes.Status202Accepted, json => json.WriteString("predictionId"u8, feedback.PredictionId));
    }

    private LoggedFeedback Read(ModelSlot slot, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("predictionId", out var id) || id.ValueKind != JsonValueKind.String
                || !(root.TryGetProperty("label", out var label) || root.TryGetProperty("actual", out label))
                || label.ValueKind is JsonValueKind.Null or JsonValueKind.Object)
                throw RequestException.Bad("Send {\"predictionId\": \"<id>\", \"label\": <the true label>}.");

            var text = id.GetString()!;
            var prediction = Check(slot, text, label);
            return new(text, prediction, JsonSerializer.SerializeToUtf8Bytes(label, RegistryJsonLines.Default.JsonElement), time.GetUtcNow());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RequestException.Bad($"The body is not valid JSON: {e.Message}");
        }
    }

    private PredictionId Check(ModelSlot slot, string text, JsonElement label)
    {
        if (!PredictionIds.TryParse(text, out var id) || !ids.IsAuthentic(text))
            throw RequestException.Bad($"'predictionId' is not an id from this system: send the value of the response header {SlipwayHeaders.PredictionId}.");
        if (id.Model != slot.Model)
            throw RequestException.Bad($"This prediction is from '{id.Model}', not from '{slot.Model}'.");
        FeedbackLabel.CheckForm(label, id.Rows ?? limits.MaxRows);
        if (!slot.TryLease(out var lease))
            return id;
        using (lease)
            if (lease.Generation.Profile.Manifest.Version == id.Version)
                FeedbackLabel.CheckMeaning(label, lease.Generation.Profile);
        return id;
    }
}
