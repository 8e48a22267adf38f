using Microsoft.ML.OnnxRuntime;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.Custom;

/// <summary>The result of a custom trainer, with every prediction checked: shape, range, and whether ONNX Runtime accepts the graph.</summary>
internal sealed class CustomModel(CustomCode code, ITrainedModel inner, ModelTask task, FitRequest request) : ITrainedModel
{
    // tolerance for probabilities that add up to 1
    private const double SumTolerance = 1e-3;

    private readonly TensorSchema _output = ModelSchema.OutputOf(task, request.Classes.Count);

    public OnnxGraph ToOnnx()
    {
        var graph = code.Call(nameof(ToOnnx), inner.ToOnnx) ?? throw code.Wrong($"returns null from {nameof(ToOnnx)}.");
        foreach (var problem in OnnxGraphCheck.Problems(graph, request.Rows.Width, _output))
            throw code.Wrong($"returns an invalid ONNX graph: {problem}");
        Try(graph);
        return graph;
    }

    public float[] Predict(EncodedRows rows)
    {
        var answers = code.Call(nameof(Predict), () => inner.Predict(rows)) ?? throw code.Wrong($"returns null from {nameof(Predict)}.");
        if (answers.Length != rows.Count * _output.Width)
            throw code.Wrong($"returns {answers.Length} values from {nameof(Predict)} for {rows.Count} rows, but {_output.Name} has {_output.Width} per row.");
        for (var row = 0; row < rows.Count; row++)
            if (Problem(answers.AsSpan(row * _output.Width, _output.Width)) is { } problem)
                throw code.Wrong($"predicts an invalid value for data row {rows.Numbers[row]}: {problem}");
        return answers;
    }

    /// <exception cref="CustomCodeException">The exported model differs from the trained one.</exception>
    public void Check(ParityReport report)
    {
        if (!report.Passed)
            throw code.Wrong(
                $"predicts differently from its ONNX graph: {report}. {nameof(Predict)} and {nameof(ToOnnx)} must be the same model, " +
                "so compare what they compute for one row. Nothing was published.");
    }

    // one row and several: a graph may work for one number of rows only
    private void Try(OnnxGraph graph)
    {
        try
        {
            using var scorer = new OnnxScorer(OnnxWriter.Write(graph, []), _output);
            foreach (var rows in new[] { 1, Math.Min(3, request.Rows.Count) })
                if (scorer.Score(request.Rows.Values[..(rows * request.Rows.Width)], request.Rows.Width).Any(answer => !float.IsFinite(answer)))
                    throw code.Wrong("returns an ONNX graph whose prediction for a training row is not a finite number.");
        }
        catch (OnnxRuntimeException e)
        {
            throw new CustomCodeException($"The trainer {code.Trainer} returns an ONNX graph that ONNX Runtime rejects: {e.Message.Trim()}", e);
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
                return FormattableString.Invariant($"{value}, but {_output.Name} must be from 0 to 1.");
            sum += value;
        }

        return task == ModelTask.Multiclass && Math.Abs(sum - 1) > SumTolerance
            ? FormattableString.Invariant($"probabilities that add up to {sum:0.####} instead of 1.")
            : null;
    }
}
