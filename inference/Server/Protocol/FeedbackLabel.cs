using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;
using Slipway.Registry.Models;

namespace Slipway.Inference.Protocol;

/// <summary>What a feedback says of the rows of a prediction. A label that cannot be meant would spoil every later measurement.</summary>
public static class FeedbackLabel
{
    /// <summary>One value, or one for each row.</summary>
    /// <param name="label">A value, or an array of these.</param>
    /// <param name="most">How many rows the prediction had at most.</param>
    /// <exception cref="RequestException">400: there are more than rows, or some are no values.</exception>
    public static void CheckForm(JsonElement label, int most)
    {
        if (label.ValueKind != JsonValueKind.Array)
        {
            CheckValue(label);
            return;
        }

        var count = label.GetArrayLength();
        if (count < 1 || count > most)
            throw RequestException.Bad($"'label' has {count} values, but the prediction has {most} {(most == 1 ? "row" : "rows")}: send one label for each row, in their order.");
        foreach (var value in label.EnumerateArray())
            CheckValue(value);
    }

    /// <summary>Of a version that is gone nothing is known.</summary>
    /// <exception cref="RequestException">400: it is no answer that the model could give.</exception>
    public static void CheckMeaning(JsonElement label, ModelProfile profile)
    {
        if (label.ValueKind == JsonValueKind.Array)
            foreach (var value in label.EnumerateArray())
                CheckOne(value, profile);
        else
            CheckOne(label, profile);
    }

    private static void CheckValue(JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            throw RequestException.Bad($"'label' holds {ShownText.Of(value.GetRawText())}, which is no label: a label is a string, a number or a boolean.");
    }

    private static void CheckOne(JsonElement value, ModelProfile profile)
    {
        var schema = profile.Schema;
        if (schema.Task == ModelTask.Regression)
        {
            if (value.ValueKind != JsonValueKind.Number)
                throw RequestException.Bad($"'label' is {ShownText.Of(value.GetRawText())}, but '{ShownText.Of(schema.Label)}' is a number.");
        }
        else if (profile.Labels.Find(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()) < 0)
        {
            throw RequestException.Bad($"'label' is {ShownText.Of(value.GetRawText())}, but '{ShownText.Of(schema.Label)}' is one of {ShownText.List(profile.LabelWords)}.");
        }
    }
}
