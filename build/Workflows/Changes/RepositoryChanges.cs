namespace Slipway.Build.Workflows.Changes;

/// <summary>What a change has an effect on.</summary>
/// <param name="Files">How many files it changes, adds or deletes.</param>
/// <param name="Models">To be trained and compared, by name.</param>
/// <param name="Deleted">Models that the change takes away.</param>
public sealed record RepositoryChanges(
    int Files, bool Code, bool Images, bool Infra, bool Workflows, IReadOnlyList<string> Models, IReadOnlyList<string> Deleted);
