using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;
using Slipway.Registry.Models;

namespace Slipway.Inference.Protocol;

/// <summary>The labels in a feedback request. A label that cannot be right would spoil every later evaluation.</summary>
public static class FeedbackLabel
{
    /// <summary>One value, or one for each row.</summary>
    /// <param name="label">A value, or an array of these.</param>
    /// <param name="most">The maximum number of rows of the prediction.</param>
    /// <exception cref="RequestException">400: there are more values than rows, or some are not labels.</exception>
    public static void CheckForm(JsonElement label, int most)
    {
        if (label.ValueKind != JsonValueKind.Array)
        {
            CheckValue(label);
            return;
        }

        var count = label.GetArrayLength();
        if (count < 1 || count > most)
            throw RequestException.Bad($"'label' has {count} values, but the prediction has {most} {(most == 1 ? "row" : "rows")}: send one label per row, in the same order.");
        foreach (var value in label.EnumerateArray())
            CheckValue(value);
    }

    /// <summary>Skipped for a version that is gone, because nothing is known about it.</summary>
    /// <exception cref="RequestException">400: the model could not predict such a value.</exception>
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
            throw RequestException.Bad($"'label' contains {ShownText.Of(value.GetRawText())}, which is not a label: a label must be a string, a number or a boolean.");
    }

    private static void CheckOne(JsonElement value, ModelProfile profile)
    {
        var schema = profile.Schema;
        if (schema.Task == ModelTask.Regression)
        {
            if (value.ValueKind != JsonValueKind.Number)
                throw RequestException.Bad($"'label' is {ShownText.Of(value.GetRawText())}, but '{ShownText.Of(schema.Label)}' must be a number.");
        }
        else if (profile.Labels.Find(value) is null)
        {
            throw RequestException.Bad($"'label' is {ShownText.Of(value.GetRawText())}, but '{ShownText.Of(schema.Label)}' must be one of {ShownText.List(profile.LabelWords)}.");
        }
    }
}
