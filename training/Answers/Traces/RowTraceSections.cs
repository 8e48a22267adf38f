using System.Globalization;
using Slipway.Automation.Reports;
using Slipway.Registry.Rows;
using Slipway.Reporting;

namespace Slipway.Answers.Traces;

/// <summary>Where a row is, as the sections of a report.</summary>
public static class RowTraceSections
{
    private const int MaxSides = 6;

    public static IReadOnlyList<Section> Of(TracedRow traced) =>
        [Datasets(traced), .. traced.Fed is { } fed ? DatasetTraceSections.Of(fed) : [], Predictions(traced)];

    private static Section Datasets(TracedRow traced)
    {
        var found = traced.Scanned.Where(dataset => dataset.Matches > 0).ToList();
        var searched = $"{TraceText.Count(traced.Scanned.Count, "stored dataset")} with {TraceText.Count(traced.Scanned.Sum(dataset => dataset.Rows), "row")} searched";
        return new(
            $"Datasets of '{traced.Model}' with {traced.Query}",
            [
                new Paragraph(found.Count == 0 ? $"None: {searched}." : $"{found.Count} of {searched}."),
                traced.Ids.Count > 0 && !traced.Ids.Contains(traced.Query.Column)
                    ? new Paragraph($"The id columns in model.json are {string.Join(", ", traced.Ids)}; '{traced.Query.Column}' is not one of them, so a row may be about somebody else with the same value.", ParagraphStyle.Note)
                    : null,
                found.Count == 0 ? null : new Table(
                    [new("Dataset", ColumnStyle.RowHeader), "Version", "Training job", "Its version", new("Rows", ColumnStyle.Number), new("Row and its side of the split", ColumnStyle.Prose)],
                    [.. found.SelectMany(Rows)]),
                .. traced.Unread.Select(dataset => new Paragraph($"Not searched to its end: {dataset.Stored.Name}. {dataset.Problem}.", ParagraphStyle.Note)),
            ],
            "datasets");
    }

    private static IEnumerable<IReadOnlyList<Cell>> Rows(ScannedDataset dataset)
    {
        var reference = dataset.Stored.Dataset;
        if (dataset.Stored.Jobs.Count == 0)
            yield return [reference.Key, reference.Version, "none: nothing was trained on it", "", ReportText.Count(dataset.Matches), Numbers(dataset, job: null)];
        foreach (var job in dataset.Stored.Jobs)
            yield return
            [
                job.Lineage.Dataset.Key, job.Lineage.Dataset.Version, job.Id, job.Outcome?.Version is { } version ? version.ToString(CultureInfo.InvariantCulture) : "none",
                ReportText.Count(dataset.Matches), Numbers(dataset, job.Id),
            ];
    }

    private static string Numbers(ScannedDataset dataset, string? job)
    {
        var shown = dataset.First.Take(MaxSides).Select(row =>
            $"row {ReportText.Count(row.Number)} ({string.Join(", ", row.Ids.Select(id => $"{id.Key} {id.Value}"))}){(job is null ? "" : $": {Word(row.Sides, job)}")}");
        return $"{string.Join("; ", shown)}{(dataset.Matches > MaxSides ? $"; and {ReportText.Count(dataset.Matches - MaxSides)} more" : "")}";
    }

    private static string Word(IReadOnlyDictionary<string, Side> sides, string job) => sides.TryGetValue(job, out var side)
        ? side switch { Side.Training => "trained on", Side.Validation => "validation, for the threshold", _ => "holdout, for the metrics" }
        : "side unknown: the model.json of the job cannot be read";

    private static Section Predictions(TracedRow traced)
    {
        var about = traced.Predictions;
        return new(
            $"Predictions with {traced.Query}",
            [
                about.Read == 0 && about.Doubt is { } unknown ? new Paragraph($"Unknown: {unknown}.") : new Paragraph($"{TraceText.Count(about.Count, "prediction")} of {ReportText.Count(about.Read)} in the log."),
                about.Read > 0 && about.Doubt is { } doubt ? new Paragraph(doubt.EndsWith('.') ? doubt : $"{doubt}.", ParagraphStyle.Note) : null,
                about.First.Count == 0 ? null : new Table(
                    [new("Prediction", ColumnStyle.RowHeader), "At", "Version", "Training job"],
                    [.. about.First.Select(record => (IReadOnlyList<Cell>)[record.PredictionId, ReportText.Time(record.At), record.Version.ToString(CultureInfo.InvariantCulture), record.TrainingJob])]),
                about.Count > about.First.Count ? new Paragraph($"And {ReportText.Count(about.Count - about.First.Count)} more.") : null,
            ],
            "predictions");
    }
}
