namespace Slipway.Registry.Gates;

/// <summary>The verdict on one candidate. A gate fails closed: what is missing or not a number has not passed.</summary>
/// <param name="Champion">The version it was compared with; null when there was none.</param>
public sealed record GateReport(bool Passed, int? Champion, IReadOnlyList<GateVerdict> Verdicts);

/// <summary>One rule, what it saw, and what it asked for.</summary>
/// <param name="Rule">Such as <c>metric averagePrecision</c>, <c>slice Type=H recall</c>, <c>champion averagePrecision</c>, <c>data rows</c>.</param>
/// <param name="Value">What was measured; null when it was missing or not finite.</param>
/// <param name="Bound">As a person reads it: <c>&gt;= 0.8</c>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record GateVerdict(string Rule, bool Passed, double? Value, string Bound, string Reason);
