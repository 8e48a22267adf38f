using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>Whether a classifier can tell the last day's requests of a model from its training data.</summary>
public static class DomainReport
{
    public static void ShowDomain(this IProgressReport report, string model, DomainVerdict? verdict, string argument)
    {
        if (verdict is null)
        {
            report.Line($"No version of '{model}' serves, so nothing is compared.");
            return;
        }

        report.Table($"The last day of '{model}' beside its training data", Rows(verdict));
        if (verdict.Columns.Count > 0)
            report.Show(new("Columns that tell them apart",
            [
                new Table(
                    [new("Column", ColumnStyle.RowHeader), new("Importance", ColumnStyle.Number)],
                    [.. verdict.Columns.Select(column => (IReadOnlyList<Cell>)[column.Name, column.Importance.ToString("0.000", CultureInfo.InvariantCulture)])]),
            ]));
        if (verdict.State == DomainState.Different)
            report.Line(
                "If the source of a column changed by mistake, repair the source; if the world changed, train on newer data: "
                + $"./build.sh --target=Train --model={model} --dataset=<file>{argument}. docs/monitoring.md explains the figures.");
    }

    private static IEnumerable<KeyValuePair<string, string>> Rows(DomainVerdict verdict)
    {
        yield return new("version", verdict.Version.ToString(CultureInfo.InvariantCulture));
        yield return new("requests", string.Create(CultureInfo.InvariantCulture, $"{verdict.Rows:N0} rows since {verdict.From.UtcDateTime:u}"));
        if (verdict.Auc is { } auc && verdict.Bound is { } bound)
        {
            yield return new("compared", string.Create(CultureInfo.InvariantCulture, $"{verdict.Logged:N0} of them with {verdict.Training:N0} rows of the training data"));
            yield return new("AUC", string.Create(CultureInfo.InvariantCulture, $"{auc:0.000}, bound {bound:0.000}, p {verdict.P:0.0000}"));
        }

        yield return new("verdict", verdict.Sentence);
    }
}
