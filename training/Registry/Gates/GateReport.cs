namespace Slipway.Registry.Gates;

/// <summary>The verdict on one candidate. A gate fails closed: what is missing or not a number has not passed.</summary>
/// <param name="Champion">The version that it was compared with; null if there was none.</param>
public sealed record GateReport(bool Passed, int? Champion, IReadOnlyList<GateVerdict> Verdicts);

/// <summary>One rule, its value and its bound.</summary>
/// <param name="Rule">Such as <c>metric averagePrecision</c>, <c>slice Type=H recall</c>, <c>champion averagePrecision</c>, <c>data rows</c>.</param>
/// <param name="Value">The measured value; null if it was missing or not finite.</param>
/// <param name="Bound">The bound for people: <c>&gt;= 0.8</c>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record GateVerdict(string Rule, bool Passed, double? Value, string Bound, string Reason);
