namespace Slipway.PredictionLogs.Schema;

/// <summary>A column of the log, as analysts see it.</summary>
/// <param name="Type">In DuckDB.</param>
/// <param name="GlueType">In the Glue catalog, for Athena.</param>
/// <param name="Meaning">A sentence fragment for the documentation.</param>
public sealed record LogColumn(string Name, string Type, string GlueType, string Meaning);
