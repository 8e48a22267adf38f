namespace Slipway.Build.Workflows.Changes;

/// <summary>What a change affects.</summary>
/// <param name="Files">How many files it changes, adds or deletes.</param>
/// <param name="Models">The models to train and compare, by name.</param>
/// <param name="Deleted">Models that the change deletes.</param>
public sealed record RepositoryChanges(
    int Files, bool Code, bool Images, bool Infra, bool Workflows, IReadOnlyList<string> Models, IReadOnlyList<string> Deleted);
