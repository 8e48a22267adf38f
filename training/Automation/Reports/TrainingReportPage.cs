using System.Text;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Reports;

/// <summary>
/// One HTML file that says all of a training job, and needs nothing beside it: styles and pictures are inside, there is no script, and it is
/// well-formed XML. The same record gives the same bytes.
/// </summary>
public static class TrainingReportPage
{
    private static readonly Html Style = ReadStyle();

    public static string Of(TrainingRecord record) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'" />
        <title>{record.Lineage.Model}: {(record.IsTrial ? "trial" : ReportText.Word(record.Outcome.Result))}, {record.Lineage.TrainingJob}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        {Head(record)}
        {GateSection.Of(record)}
        {(record.Model is null ? Html.Empty : Quality(record, record.Model))}
        {OriginSections.Lineage(record)}
        {OriginSections.Commands(record)}
        <footer>{(record.IsTrial ? "Written when the change was tried. The job and what it made are in no environment." : "Written by the automation when the job ended. It stands beside the job's outcome in the store.")}</footer>
        </main>
        </body>
        </html>

        """).Markup;

    private static Html Head(TrainingRecord record) => Html.Of(
        $"""
        <header class="{(record.Outcome.Result == TrainingResult.Registered ? "good" : "bad")}">
        <p class="eyebrow">{(record.IsTrial ? "Trial of a change" : "Training report")}</p>
        <h1>{record.Lineage.Model}</h1>
        {(record.Model is { } model ? Html.Of($"<p>{model.Spec.Description}</p>") : Html.Empty)}
        <p class="verdict">{ReportVerdict.Of(record)}</p>
        <dl class="facts">
        {(record.Model is null ? Html.Empty : Html.Join(QualitySections.Headline(record.Model)))}
        <div><dt>Training job</dt><dd>{record.Lineage.TrainingJob}</dd></div>
        <div><dt>Ended</dt><dd>{ReportText.Time(record.Outcome.At)}</dd></div>
        </dl>
        </header>
        """);

    private static Html Quality(TrainingRecord record, TrainedModel model) => Html.Of(
        $"""
        {QualitySections.Metrics(model)}
        {QualitySections.Plots(model)}
        {QualitySections.Slices(model, record.Outcome.Gates)}
        {DataSections.Data(model)}
        {DataSections.Columns(model)}
        """);

    private static Html ReadStyle()
    {
        using var css = typeof(TrainingReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(css, Encoding.UTF8);
        return new(reader.ReadToEnd().TrimEnd());
    }
}
