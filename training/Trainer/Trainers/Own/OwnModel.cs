using Microsoft.ML.OnnxRuntime;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.Own;

/// <summary>What an own trainer has learned, with every answer checked: shape, range, and whether ONNX Runtime takes the graph.</summary>
internal sealed class OwnModel(OwnCode code, ITrainedModel inner, ModelTask task, FitRequest request) : ITrainedModel
{
    // of probabilities that add up to 1
    private const double SumTolerance = 1e-3;

    private readonly TensorSchema _output = ModelSchema.OutputOf(task, request.Classes.Count);

    public OnnxGraph ToOnnx()
    {
        var graph = code.Call(nameof(ToOnnx), inner.ToOnnx) ?? throw code.Wrong($"gives null from {nameof(ToOnnx)}.");
        foreach (var problem in OnnxGraphCheck.Problems(graph, request.Rows.Width, _output))
            throw code.Wrong($"gives an ONNX graph that can not be right: {problem}");
        Try(graph);
        return graph;
    }

    public float[] Predict(EncodedRows rows)
    {
        var answers = code.Call(nameof(Predict), () => inner.Predict(rows)) ?? throw code.Wrong($"gives null from {nameof(Predict)}.");
        if (answers.Length != rows.Count * _output.Width)
            throw code.Wrong($"gives {answers.Length} values from {nameof(Predict)} for {rows.Count} rows, but {_output.Name} has {_output.Width} a row.");
        for (var row = 0; row < rows.Count; row++)
            if (Problem(answers.AsSpan(row * _output.Width, _output.Width)) is { } problem)
                throw code.Wrong($"answers data row {rows.Numbers[row]} with {problem}");
        return answers;
    }

    /// <exception cref="OwnCodeException">The exported model is another one than the trained one.</exception>
    public void Check(ParityReport report)
    {
        if (!report.Passed)
            throw code.Wrong(
                $"predicts otherwise than its ONNX graph: {report}. {nameof(Predict)} and {nameof(ToOnnx)} must be the same model, " +
                "so compare what they compute for one row. Nothing was published.");
    }

    // one row and several: a graph may be right for one number of rows only
    private void Try(OnnxGraph graph)
    {
        try
        {
            using var scorer = new OnnxScorer(OnnxWriter.Write(graph, []), _output);
            foreach (var rows in new[] { 1, Math.Min(3, request.Rows.Count) })
                if (scorer.Score(request.Rows.Values[..(rows * request.Rows.Width)], request.Rows.Width).Any(answer => !float.IsFinite(answer)))
                    throw code.Wrong("gives an ONNX graph that answers a training row with what is not a finite number.");
        }
        catch (OnnxRuntimeException e)
        {
            throw new OwnCodeException($"The trainer {code.Trainer} gives an ONNX graph that ONNX Runtime does not take: {e.Message.Trim()}", e);
        }
    }

    private string? Problem(ReadOnlySpan<float> answer)
    {
        var sum = 0.0;
        foreach (var value in answer)
        {
            if (!float.IsFinite(value))
                return $"{value}, which is not a finite number.";
            if (task != ModelTask.Regression && value is < 0 or > 1)
                return FormattableString.Invariant($"{value}, but {_output.Name} lies from 0 to 1.");
            sum += value;
        }

        return task == ModelTask.Multiclass && Math.Abs(sum - 1) > SumTolerance
            ? FormattableString.Invariant($"probabilities that add up to {sum:0.####} instead of 1.")
            : null;
    }
}
