using System.Globalization;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Monitoring.Domains;

/// <summary>
/// Whether an AUC is more than chance. Pure. A classifier that has not seen the rows of a fold orders them by chance if both kinds are alike, so that its AUC has the
/// distribution of Mann and Whitney's U: mean 0.5, variance (m + n + 1) / (12 m n), whatever the classifier is; ties make it smaller. Each fold is in the fits of
/// the others, so that their AUCs go together, and their mean varies more than that of independent ones.
/// </summary>
public static class DomainPolicy
{
    /// <summary>Fewer rows, of either kind, are not compared.</summary>
    public const int LeastRows = 200;

    /// <summary>A shift of one column by 0.2 standard deviations, which has to be found, gives the best classifier an AUC of 0.556.</summary>
    public const double Floor = 0.55;

    /// <summary>The variance of the mean of the folds beside that of independent ones: 1.9 in 2,000 simulated nights, and rounded up.</summary>
    private const double Dependence = 2;

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(1);

    // a column that is dealt anew lowers the AUC by some thousandths by chance
    private const double LeastImportance = 0.005;
    private const int MostColumns = 10;

    public static DomainVerdict Judge(DomainQuestion question, DomainScore score)
    {
        var auc = score.Folds.Average(fold => fold.Auc);
        var deviation = Deviation(score.Folds);
        var alpha = DriftPolicy.AlphaOf(Period);
        var bound = Math.Max(Floor, 0.5 + NormalTail.InverseTwoSided(2 * alpha) * deviation);
        var differs = auc > bound;
        var columns = differs ? score.Columns.Where(column => column.Importance >= LeastImportance).OrderByDescending(column => column.Importance).Take(MostColumns).ToList() : [];
        return Of(
            question, differs ? DomainState.Different : DomainState.Alike, score.Folds.Sum(fold => fold.Training), score.Folds.Sum(fold => fold.Logged),
            auc, bound, P((auc - 0.5) / deviation), columns, differs ? Different(auc, bound, columns) : Alike(auc, bound));
    }

    /// <summary>Of the mean of the folds, if both kinds are alike.</summary>
    public static double Deviation(IReadOnlyList<DomainFold> folds) =>
        Math.Sqrt(Dependence * folds.Sum(fold => (fold.Training + fold.Logged + 1.0) / (12.0 * fold.Training * fold.Logged))) / folds.Count;

    /// <returns>Null if there are enough rows to compare.</returns>
    public static DomainVerdict? TooFew(DomainQuestion question, int training, int logged) => training >= LeastRows && logged >= LeastRows ? null : Of(
        question, DomainState.TooFew, training, logged, null, null, null, [],
        string.Create(CultureInfo.InvariantCulture, $"Too few rows to compare: {training} of the training data and {logged} of the log, and at least {LeastRows} of each are needed."));

    /// <param name="why">A sentence.</param>
    public static DomainVerdict NotCompared(DomainQuestion question, string why) => Of(question, DomainState.NotCompared, 0, 0, null, null, null, [], why);

    private static DomainVerdict Of(
        DomainQuestion question, DomainState state, int training, int logged, double? auc, double? bound, double? p, IReadOnlyList<DomainImportance> columns, string sentence) =>
        new(question.Model, question.Version, question.From, question.To, state, training, logged, question.Rows, auc, bound, p, DriftPolicy.AlphaOf(Period), columns, sentence);

    /// <summary>One-sided.</summary>
    private static double P(double z) => z > 0 ? NormalTail.TwoSided(z) / 2 : 1 - NormalTail.TwoSided(z) / 2;

    private static string Different(double auc, double bound, IReadOnlyList<DomainImportance> columns) => string.Create(
        CultureInfo.InvariantCulture,
        $"A classifier tells requests of the last day from the training data: its AUC is {auc:0.000}, and the bound is {bound:0.000}.{Names(columns)}");

    private static string Names(IReadOnlyList<DomainImportance> columns) =>
        columns.Count == 0 ? " It needs all columns together." : $" It does so by {string.Join(", ", columns.Take(3).Select(column => $"'{column.Name}'"))}.";

    private static string Alike(double auc, double bound) => string.Create(
        CultureInfo.InvariantCulture, $"No classifier tells requests of the last day from the training data: the AUC is {auc:0.000}, and the bound is {bound:0.000}.");
}

/// <summary>What is compared.</summary>
/// <param name="Rows">In the log between <paramref name="From"/> and <paramref name="To"/>.</param>
public sealed record DomainQuestion(string Model, int Version, DateTimeOffset From, DateTimeOffset To, long Rows);
