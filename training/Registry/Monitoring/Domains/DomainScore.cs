namespace Slipway.Registry.Monitoring.Domains;

/// <summary>How well a classifier told rows of the training data from logged ones, by cross-validation.</summary>
/// <param name="Columns">Every column that was compared.</param>
public sealed record DomainScore(IReadOnlyList<DomainFold> Folds, IReadOnlyList<DomainImportance> Columns);

/// <param name="Training">Rows of the training data that were left out of the fit.</param>
/// <param name="Logged">Logged rows that were left out of the fit.</param>
/// <param name="Auc">Of these rows, by a classifier that has not seen them.</param>
public sealed record DomainFold(int Training, int Logged, double Auc);

/// <param name="Importance">By how much the AUC falls if the column's values are dealt anew among the rows.</param>
public sealed record DomainImportance(string Name, double Importance);
