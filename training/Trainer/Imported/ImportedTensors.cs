using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Imported;

/// <summary>How an output of an imported model becomes the output of the task.</summary>
public enum ImportedOutputForm
{
    /// <summary>[N, width], as required.</summary>
    AsIs,

    /// <summary>[N, 2] of a binary classifier: the second column is the probability of the positive class.</summary>
    SecondColumn,

    /// <summary>[N]: one value per row, without the second dimension.</summary>
    Flat,
}

/// <summary>Which tensors of an imported ONNX model are the features and the prediction.</summary>
public sealed record ImportedTensors(string Input, string Output, ImportedOutputForm Form)
{
    /// <param name="features">Names of the encoded features, in order.</param>
    /// <param name="wanted">The output of the task.</param>
    /// <exception cref="SlipwayException">They cannot be determined; the message says what exists and what is needed.</exception>
    public static ImportedTensors Find(InferenceSession session, IReadOnlyList<string> features, TensorSchema wanted)
    {
        var input = InputOf(session, features);
        var (output, form) = OutputOf(session, wanted);
        return new(input, output, form);
    }

    private static string InputOf(InferenceSession session, IReadOnlyList<string> features)
    {
        if (session.InputMetadata.Count != 1)
            throw new SlipwayException(
                $"{ArtifactFiles.Onnx} has {session.InputMetadata.Count} inputs ({string.Join(", ", session.InputMetadata.Keys)}). " +
                $"It must have one: a float tensor [N, {features.Count}] of the encoded features, in this order: {string.Join(", ", features)}.");

        var (name, tensor) = session.InputMetadata.Single();
        if (!tensor.IsTensor || tensor.ElementType != typeof(float) || tensor.Dimensions.Length != 2)
            throw new SlipwayException($"The input '{name}' of {ArtifactFiles.Onnx} is {Text(tensor)}; it must be float [N, {features.Count}].");
        if (tensor.Dimensions[0] > 0)
            throw new SlipwayException(
                $"The input '{name}' of {ArtifactFiles.Onnx} accepts exactly {tensor.Dimensions[0]} rows at a time. Export it with a dynamic first dimension.");
        if (tensor.Dimensions[1] > 0 && tensor.Dimensions[1] != features.Count)
            throw new SlipwayException(
                $"The input '{name}' of {ArtifactFiles.Onnx} has {tensor.Dimensions[1]} features, but the columns in model.json encode to {features.Count}: {string.Join(", ", features)}.");
        return name;
    }

    private static (string Name, ImportedOutputForm Form) OutputOf(InferenceSession session, TensorSchema wanted)
    {
        var fitting = session.OutputMetadata
            .Select(output => (output.Key, Form: FormOf(output.Value, wanted)))
            .Where(output => output.Form is not null)
            .Select(output => (output.Key, output.Form!.Value)).ToList();
        return fitting.Count(output => output.Key == wanted.Name) == 1 ? fitting.Single(output => output.Key == wanted.Name)
            : fitting is [var only] ? only
            : throw new SlipwayException(
                $"{ArtifactFiles.Onnx} has the outputs {string.Join(", ", session.OutputMetadata.Select(output => $"{output.Key} ({Text(output.Value)})"))}: " +
                (fitting.Count == 0
                    ? $"none of them is float [N, {wanted.Width}]{(wanted.Name == "probability" ? " or [N, 2]" : "")}. From scikit-learn, export with the option zipmap: false."
                    : $"several could be the prediction. Name the right one '{wanted.Name}', or remove the others."));
    }

    private static ImportedOutputForm? FormOf(NodeMetadata tensor, TensorSchema wanted)
    {
        if (!tensor.IsTensor || tensor.ElementType != typeof(float))
            return null;
        return tensor.Dimensions switch
        {
            [_] when wanted.Width == 1 => ImportedOutputForm.Flat,
            [_, var width] when width == wanted.Width => ImportedOutputForm.AsIs,
            [_, 2] when wanted.Name == ModelSchema.OutputOf(ModelTask.Binary, 2).Name => ImportedOutputForm.SecondColumn,
            [_, < 1] => ImportedOutputForm.AsIs, // not declared: the golden predictions show it
            _ => null,
        };
    }

    private static string Text(NodeMetadata tensor) => tensor.IsTensor
        ? $"{tensor.ElementType.Name} [{string.Join(", ", tensor.Dimensions.Select(size => size > 0 ? $"{size}" : "N"))}]"
        : tensor.OnnxValueType.ToString();
}
