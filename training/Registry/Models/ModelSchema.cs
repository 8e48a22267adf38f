using System.Text.Json.Serialization;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Models;

/// <summary>
/// What a model takes and gives: raw columns, how they become the float tensor <c>features</c> [N, F], and what comes out.
/// It travels in the manifest and in the ONNX file's metadata under <c>slipway.schema</c>.
/// </summary>
/// <param name="Columns">Raw columns in the order of the encoding, which is the order of <c>features</c> in model.json.</param>
/// <param name="Features">Names of the F encoded features, in order.</param>
/// <param name="Output">The one output tensor, as <see cref="OutputOf"/> says.</param>
/// <param name="Threshold">Probability from which a binary decision is positive; null for other tasks.</param>
/// <param name="Classes">For multiclass, in the order of the output's columns; for binary the words for negative and positive.</param>
public sealed record ModelSchema(
    ModelTask Task,
    string Label,
    IReadOnlyList<ColumnSchema> Columns,
    IReadOnlyList<string> Features,
    TensorSchema Output,
    double? Threshold,
    IReadOnlyList<string>? Classes)
{
    public const string InputName = "features";
    public const string MetadataKey = "slipway.schema";

    /// <summary>
    /// What a model of a task answers with: <c>probability</c> of the positive class [N, 1], <c>probabilities</c> of all classes [N, classes],
    /// or the <c>value</c> [N, 1].
    /// </summary>
    public static TensorSchema OutputOf(ModelTask task, int classes) => task switch
    {
        ModelTask.Binary => new("probability", "FP32", [-1, 1]),
        ModelTask.Multiclass => new("probabilities", "FP32", [-1, classes]),
        ModelTask.Regression => new("value", "FP32", [-1, 1]),
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, "No such task."),
    };
}

/// <param name="Shape">-1 where the size varies.</param>
public sealed record TensorSchema(string Name, string Datatype, IReadOnlyList<long> Shape)
{
    /// <summary>How many values one row takes.</summary>
    [JsonIgnore]
    public int Width => Shape.Count > 1 ? (int)Math.Max(1, Shape[^1]) : 1;
}

/// <param name="Categories">The known values of a categorical column, in the order of their one-hot features; null for numbers.</param>
/// <param name="Imputed">What a missing number becomes; null for categories, where missing means no category is set.</param>
/// <param name="Minimum">Smallest value seen in training: outside of the range warns, it is never refused.</param>
/// <param name="Form">How a value is compared with the categories; null for numbers, and for models made before there were forms, which compare text.</param>
public sealed record ColumnSchema(
    string Name,
    ColumnKind Kind,
    IReadOnlyList<string>? Categories,
    float? Imputed,
    float? Minimum,
    float? Maximum,
    // not written where it is null: the schemas of before keep their bytes
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CategoryForm? Form = null);

[JsonConverter(typeof(JsonStringEnumConverter<CategoryForm>))]
public enum CategoryForm
{
    /// <summary>As <see cref="CategoryValue"/> says: 2 is 2.0, and true is True.</summary>
    [JsonStringEnumMemberName("byValue")] ByValue,

    /// <summary>Letter by letter, because the dataset tells values apart that are one number: 3.1 and 3.10.</summary>
    [JsonStringEnumMemberName("asWritten")] AsWritten,
}

[JsonConverter(typeof(JsonStringEnumConverter<ColumnKind>))]
public enum ColumnKind
{
    [JsonStringEnumMemberName("numeric")] Numeric,
    [JsonStringEnumMemberName("categorical")] Categorical,
}

[JsonConverter(typeof(JsonStringEnumConverter<ModelTask>))]
public enum ModelTask
{
    [JsonStringEnumMemberName("binary")] Binary,
    [JsonStringEnumMemberName("multiclass")] Multiclass,
    [JsonStringEnumMemberName("regression")] Regression,
}
