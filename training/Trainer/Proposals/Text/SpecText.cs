using System.Text;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>A model.json for an owner to read and change, with the reasons beside what was chosen.</summary>
internal sealed class SpecText(string model, ProposalOutcome outcome, ProposalText report)
{
    private ProposalDraft Draft => outcome.Draft;

    private ModelSpec Spec => outcome.Spec;

    /// <exception cref="InvalidOperationException">It would not read back as what it was made from, which is a defect.</exception>
    public byte[] ToJson()
    {
        var json = Encoding.UTF8.GetBytes(Text());
        var back = JsonSerializer.Serialize(ModelSpecReader.Read(json, ArtifactFiles.Spec));
        return back == JsonSerializer.Serialize(Spec) ? json : throw new InvalidOperationException($"The proposed model.json reads back as {back}.");
    }

    private string Text()
    {
        var lines = new SpecLines();
        lines.Line("{");
        lines.Comment("  ", $"Made by NewModel from {Draft.Look.Source}: {Draft.Look.Rows:N0} rows. It is yours: change what you know better, and try it with ./build.sh --target=Train --model={model}");
        lines.Comment("  ", "Say in your own words what the model is for: it is the head of the model card.");
        lines.Line($"  \"description\": {SpecLines.Quoted(Spec.Description)},");
        lines.Line($"  \"task\": {Word(Spec.Task)},");
        Dataset(lines);
        lines.Line();
        Columns(lines);
        lines.Line();
        Training(lines);
        lines.Line();
        GateLines(lines);
        lines.Line("}");
        return lines.ToString();
    }

    private void Dataset(SpecLines lines)
    {
        if (Spec.Dataset?.File is { } file)
        {
            lines.Line($"  \"dataset\": {{ \"file\": {SpecLines.Quoted(file)} }},");
            return;
        }

        lines.Comment("  ", "The dataset is in the store of this environment. For everybody else: put a CSV beside this file and name it here.");
        lines.Comment("  ", $"\"dataset\": {{ \"file\": {SpecLines.Quoted(Draft.Look.Source)} }},");
    }

    private void Columns(SpecLines lines)
    {
        lines.Comment("  ", Draft.Label.Note);
        lines.Line($"  \"label\": {SpecLines.Quoted(Spec.Label)},");
        if (Spec.Positive is { } positive)
            lines.Line($"  \"positive\": {SpecLines.Quoted(positive)},");
        if (Draft.Columns.FirstOrDefault(column => column.Role == ColumnRole.Id) is { } id)
        {
            lines.Comment("  ", $"{id.Note}: decides a row's side of the split, so that it stays there when the dataset grows; never a feature");
            lines.Line($"  \"id\": [{SpecLines.Quoted(id.Name)}],");
        }

        if (Spec.Ignore is not null)
        {
            lines.Line("  \"ignore\": [");
            lines.Items("    ", [.. Draft.Columns.Where(column => column.Role == ColumnRole.Ignored).Select(column => (SpecLines.Quoted(column.Name), column.Note))]);
            lines.Line("  ],");
        }

        lines.Line("  \"features\": {");
        lines.Items("    ", [.. Draft.Features.Select(feature => ($"{SpecLines.Quoted(feature.Name)}: {Word(Spec.Features[feature.Name])}", feature.Note))]);
        lines.Line("  },");
    }

    private void Training(SpecLines lines)
    {
        lines.Comment("  ", report.TrainerNote);
        lines.Line($"  \"trainer\": {SpecLines.Quoted(Spec.Trainer)},");
        if (Spec.Hyperparameters is { } values)
        {
            lines.Comment("  ", "few rows: the defaults would find too little, or learn rows by heart");
            lines.Line($"  \"hyperparameters\": {{ {string.Join(", ", values.Select(value => $"{SpecLines.Quoted(value.Key)}: {NiceNumber.Json(value.Value)}"))} }},");
        }

        lines.Line($"  \"seed\": {NiceNumber.Json(Spec.Seed)},");
        lines.Line($"  \"split\": {{ \"validation\": {NiceNumber.Json(Spec.Split!.Validation)}, \"holdout\": {NiceNumber.Json(Spec.Split.Holdout)} }},");
        if (Spec.Threshold?.MaximizeF is { } beta)
        {
            lines.Comment("  ", "F1: a missed positive costs as much as a false alarm. Use 2 where missing one is worse, 0.5 where an alarm is.");
            lines.Line($"  \"threshold\": {{ \"maximizeF\": {NiceNumber.Json(beta)} }},");
        }

        if (Spec.Slices is { } slices)
            lines.Line($"  \"slices\": [{string.Join(", ", slices.Select(SpecLines.Quoted))}],");
        lines.Line("  \"delivery\": \"swap\",");
    }

    private void GateLines(SpecLines lines)
    {
        lines.Comment("  ", report.GatesNote);
        lines.Line("  \"gates\": {");
        lines.Line("    \"metrics\": {");
        lines.Items("      ", [.. Spec.Gates.Metrics.Select(metric => ($"{SpecLines.Quoted(metric.Key)}: {Text(metric.Value)}", (string?)outcome.Gates.Notes[metric.Key]))]);
        lines.Line("    },");
        if (Spec.Gates.Champion is { } champion)
            lines.Line($"    \"champion\": {{ {string.Join(", ", champion.Select(gate => $"{SpecLines.Quoted(gate.Key)}: {{ \"lossAtMost\": {NiceNumber.Json(gate.Value.LossAtMost!.Value)} }}"))} }},");
        lines.Line($"    \"data\": {{ {Data(Spec.Gates.Data!)} }},");
        lines.Line($"    \"latencyMicrosecondsAtMost\": {NiceNumber.Json(Spec.Gates.LatencyMicrosecondsAtMost!.Value)},");
        lines.Line($"    \"onnxBytesAtMost\": {NiceNumber.Json(Spec.Gates.OnnxBytesAtMost!.Value)}");
        lines.Line("  }");
    }

    private static string Data(DataGate gate) => string.Join(", ", new[]
    {
        $"\"rowsAtLeast\": {NiceNumber.Json(gate.RowsAtLeast!.Value)}",
        $"\"missingAtMost\": {NiceNumber.Json(gate.MissingAtMost!.Value)}",
        gate.LabelRate is { } rate ? $"\"labelRate\": {Text(rate)}" : null,
        gate.ClassRate is { } rates ? $"\"classRate\": {Text(rates)}" : null,
        gate.LabelMean is { } mean ? $"\"labelMean\": {Text(mean)}" : null,
    }.OfType<string>());

    private static string Text(Bounds bounds) => $"{{ {string.Join(", ", new[]
    {
        bounds.AtLeast is { } least ? $"\"atLeast\": {NiceNumber.Json(least)}" : null,
        bounds.AtMost is { } most ? $"\"atMost\": {NiceNumber.Json(most)}" : null,
    }.OfType<string>())} }}";

    private static string Word<T>(T value) where T : struct, Enum => $"\"{value.ToString().ToLowerInvariant()}\"";
}
