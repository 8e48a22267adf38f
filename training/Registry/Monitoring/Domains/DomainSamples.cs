namespace Slipway.Registry.Monitoring.Domains;

/// <summary>Encoded rows of the training data and of the prediction log, which a domain classifier tries to tell apart.</summary>
/// <param name="Training">A sample of the rows that the version was trained on, row after row; each is as long as <paramref name="Columns"/> are wide together.</param>
/// <param name="Logged">A sample of the rows that it was asked about, in the same form.</param>
/// <param name="Seed">The seed of every random choice.</param>
public sealed record DomainSamples(
    IReadOnlyList<DomainColumn> Columns,
    float[] Training,
    float[] Logged,
    int Seed);

/// <param name="Width">Encoded features: one for a number, one for each category.</param>
public sealed record DomainColumn(string Name, int Width);
