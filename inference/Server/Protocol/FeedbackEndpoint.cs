using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Inference;

/// <summary><c>POST /v2/models/{model}/feedback</c>: what became of a prediction, logged beside it.</summary>
public sealed class FeedbackEndpoint(ModelLookup models, PredictionIds ids, PredictionLog log, TimeProvider time)
{
    private const int MaxBytes = 64 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var slot = models.Find(context);
        ContentTypes.Require(context.Request, ContentTypes.Json, allowNone: true);
        using var body = await RequestBody.ReadAsync(context.Request, MaxBytes);
        var (text, label) = Parse(body.Bytes);
        if (!PredictionIds.TryParse(text, out var id) || !ids.IsAuthentic(text))
            throw RequestException.Bad($"'predictionId' is no id that this system gave: it is the value of an answer's header {SlipwayHeaders.PredictionId}.");
        if (id.Model != slot.Model)
            throw RequestException.Bad($"This prediction was made by '{id.Model}', not by '{slot.Model}'.");
        CheckLabel(slot, id, label);
        if (!log.Enabled)
            throw new RequestException(StatusCodes.Status501NotImplemented, "The prediction log of this server is switched off: feedback has nowhere to go.");
        if (!log.Add(new LoggedFeedback(text, id, label, time.GetUtcNow())))
            throw new RequestException(StatusCodes.Status503ServiceUnavailable, "The prediction log is full: the store is slow or away. Try again later.");

        await JsonAnswer.WriteAsync(context, StatusCodes.Status202Accepted, json => json.WriteString("predictionId"u8, text));
    }

    // a label that the model can not mean would spoil every later measurement; of a version that is gone nothing is known
    private static void CheckLabel(ModelSlot slot, PredictionId id, JsonElement label)
    {
        if (!slot.TryLease(out var lease))
            return;
        using (lease)
        {
            var profile = lease.Generation.Profile;
            if (profile.Manifest.Version != id.Version)
                return;
            JsonElement[] labels = label.ValueKind == JsonValueKind.Array ? [.. label.EnumerateArray()] : [label];
            foreach (var value in labels)
                if (profile.Schema.Task == ModelTask.Regression ? value.ValueKind != JsonValueKind.Number : profile.Labels.Find(Word(value)) < 0)
                    throw RequestException.Bad(profile.Schema.Task == ModelTask.Regression
                        ? $"'label' is {value.GetRawText()}, but '{profile.Schema.Label}' is a number."
                        : $"'label' is {value.GetRawText()}, but '{profile.Schema.Label}' is one of {string.Join(", ", profile.LabelWords)}.");
        }
    }

    private static string Word(JsonElement label) => label.ValueKind == JsonValueKind.String ? label.GetString()! : label.GetRawText();

    private static (string Id, JsonElement Label) Parse(ReadOnlyMemory<byte> body)
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
            return (id.GetString()!, label.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RequestException.Bad($"The body is not valid JSON: {e.Message}");
        }
    }
}
