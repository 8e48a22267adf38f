using System.Text.Json.Serialization;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Models;

/// <summary>
/// A model's inputs and outputs: raw columns, how they become the float tensor <c>features</c> [N, F], and the output tensor.
/// It is stored in the manifest and in the ONNX file's metadata under <c>slipway.schema</c>.
/// </summary>
/// <param name="Columns">Raw columns in the order of the encoding, which is the order of <c>features</c> in model.json.</param>
/// <param name="Features">Names of the F encoded features, in order.</param>
/// <param name="Output">The output tensor; see <see cref="OutputOf"/>.</param>
/// <param name="Threshold">The probability from which a binary decision is positive; null for other tasks.</param>
/// <param name="Classes">For multiclass, in the order of the output's columns; for binary, the labels for negative and positive.</param>
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
    /// The output of a model by task: <c>probability</c> of the positive class [N, 1], <c>probabilities</c> of all classes [N, classes],
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

/// <param name="Shape">-1 if the size varies.</param>
public sealed record TensorSchema(string Name, string Datatype, IReadOnlyList<long> Shape)
{
    /// <summary>The number of values per row.</summary>
    [JsonIgnore]
    public int Width => Shape.Count > 1 ? (int)Math.Max(1, Shape[^1]) : 1;
}

/// <param name="Categories">The known values of a categorical column, in the order of their one-hot features; null for numbers.</param>
/// <param name="Imputed">The value that replaces a missing number; null for categories, where missing means that no category is set.</param>
/// <param name="Minimum">The smallest value in the training data: values outside the range cause a warning, but are never rejected.</param>
/// <param name="Form">How a value is compared with the categories; null for numbers, and for models that predate category forms, which compare text.</param>
/// <param name="Personal">Whether the spec says that its values are about a person: servers keep none of them beyond a request.</param>
/// <param name="PersonalInLog">What the prediction log has instead of personal values.</param>
public sealed record ColumnSchema(
    string Name,
    ColumnKind Kind,
    IReadOnlyList<string>? Categories,
    float? Imputed,
    float? Minimum,
    float? Maximum,
    // omitted if it is null, so that older schemas keep their bytes
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CategoryForm? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Personal = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PersonalInLog PersonalInLog = PersonalInLog.Hashed);

[JsonConverter(typeof(JsonStringEnumConverter<PersonalInLog>))]
public enum PersonalInLog
{
    /// <summary>A keyed hash: the same value has the same hash, and only who has the key can find out which value it was.</summary>
    [JsonStringEnumMemberName("hashed")] Hashed,

    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("dropped")] Dropped,
}

[JsonConverter(typeof(JsonStringEnumConverter<CategoryForm>))]
public enum CategoryForm
{
    /// <summary>By <see cref="CategoryValue"/>: 2 equals 2.0, and true equals True.</summary>
    [JsonStringEnumMemberName("byValue")] ByValue,

    /// <summary>As text, because the dataset distinguishes values that are the same number: 3.1 and 3.10.</summary>
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
