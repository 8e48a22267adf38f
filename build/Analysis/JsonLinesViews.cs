using System.Globalization;
using Slipway.Registry;

namespace Slipway.Analysis;

/// <summary>
/// SQL that reads the JSON lines of earlier servers as rows of the tables. What they do not say comes from the table <see cref="Versions"/>: of a version that is not
/// in it, numbers are what was sent as numbers, and nobody knows what it predicted.
/// </summary>
internal static class JsonLinesViews
{
    private const string Versions = "json_lines_versions";
    private const string Pattern = "????/??/??/??";

    /// <summary>The models that have any.</summary>
    public static IEnumerable<string> ModelsIn(string folder)
    {
        var root = Path.Combine(folder, StoreKeys.Predictions);
        return Directory.Exists(root)
            ? Directory.EnumerateDirectories(root).Select(path => Path.GetFileName(path)).Where(ModelName.IsValid)
                .Where(model => Directory.EnumerateFiles(Path.Combine(root, model), "*.jsonl.gz", SearchOption.AllDirectories).Any()).Order(StringComparer.Ordinal)
            : [];
    }

    public static IEnumerable<string> VersionsTable(IReadOnlyList<LoggedVersion> versions)
    {
        yield return $"CREATE TABLE {Versions} (model VARCHAR, version INTEGER, numeric_columns VARCHAR[], personal VARCHAR[], personal_features INTEGER[], labels VARCHAR[], threshold DOUBLE)";
        foreach (var version in versions)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO {Versions} VALUES ({Quoted(version.Model)}, {version.Version}, {Texts(version.Numbers)}, {Texts(version.Personal)}, [{string.Join(", ", version.PersonalFeatures)}]::INTEGER[], {Texts(version.Labels)}, {version.Threshold:R})");
    }

    public static string Predictions(string folder) => $$"""
        SELECT predictionId AS prediction_id, (at_row - 1)::INTEGER AS row_index, "at" AS predicted_at, model, version, trainingJob AS training_job, color, replica,
          CASE WHEN is_raw THEN map_from_entries(list_transform(
            list_filter(entries, lambda entry: coalesce(list_contains(numeric_columns, entry.key), json_type(entry.value) IN ('UBIGINT', 'BIGINT', 'DOUBLE'), false)),
            lambda entry: struct_pack(k := entry.key, v := try_cast(entry.value ->> '$' AS DOUBLE)))) END AS numbers,
          CASE WHEN is_raw THEN map_from_entries(list_transform(
            list_filter(entries, lambda entry: NOT coalesce(list_contains(numeric_columns, entry.key), json_type(entry.value) IN ('UBIGINT', 'BIGINT', 'DOUBLE'), false)),
            lambda entry: struct_pack(k := entry.key, v := entry.value ->> '$'))) END AS categories,
          CASE WHEN NOT is_raw THEN list_transform(input::FLOAT[], lambda feature, place: CASE WHEN list_contains(coalesce(personal_features, []), place) THEN NULL ELSE feature END) END AS features,
          output AS outputs,
          CASE WHEN len(labels) = 0 THEN NULL WHEN len(output) = 1 THEN labels[CASE WHEN output[1] >= threshold AND NOT isnan(output[1]) THEN 2 ELSE 1 END] ELSE labels[list_position(output, list_max(output))] END AS predicted,
          round(microseconds)::INTEGER AS latency_us,
          {{Partition}}
        FROM (
          SELECT *, json_type(input) = 'OBJECT' AS is_raw,
            CASE WHEN json_type(input) = 'OBJECT' THEN list_filter(map_entries(input::MAP(VARCHAR, JSON)), lambda entry: NOT list_contains(coalesce(personal, []), entry.key)) END AS entries
          FROM (SELECT *, inputs[at_row] AS input, outputs[at_row] AS output FROM (
            SELECT lines.*, versions.* EXCLUDE (model, version), unnest(range(1, len(outputs) + 1)) AS at_row
            FROM {{Lines(folder, "trainingJob: 'VARCHAR', color: 'VARCHAR', inputs: 'JSON[]', outputs: 'FLOAT[][]', microseconds: 'DOUBLE'")}} AS lines
            LEFT JOIN {{Versions}} AS versions ON versions.model = lines.model AND versions.version = lines.version
            WHERE NOT contains(filename, '/feedback.') AND inputs IS NOT NULL)))
        """;

    /// <summary>A single label without a row is that of all rows of its prediction.</summary>
    public static string Feedback(string folder) => $$"""
        SELECT predictionId AS prediction_id, (coalesce("row", 0) + at_label - 1)::INTEGER AS row_index, "at" AS labeled_at, model, version, replica,
          coalesce(labels[at_label] ->> '$', '') AS label,
          CASE WHEN json_type(labels[at_label]) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN try_cast(labels[at_label] ->> '$' AS DOUBLE) END AS label_number,
          {{Partition}}
        FROM (
          SELECT *, unnest(range(1, len(labels) + 1)) AS at_label
          FROM (
            SELECT lines.*, CASE WHEN json_type(label) = 'ARRAY' THEN label::JSON[] WHEN "row" IS NOT NULL THEN [label]
              ELSE list_transform(range(coalesce(predicted_rows, 1)), lambda place: label) END AS labels
            FROM {{Lines(folder, "label: 'JSON', \"row\": 'INTEGER'")}} AS lines
            LEFT JOIN (
              SELECT predictionId, max(len(outputs)) AS predicted_rows
              FROM {{Lines(folder, "outputs: 'FLOAT[][]'")}} WHERE NOT contains(filename, '/feedback.') GROUP BY predictionId) USING (predictionId)
            WHERE contains(filename, '/feedback.') AND label IS NOT NULL))
        """;

    // the hour of the id: the lines of an hour's last moments may be in the folder of the next
    private const string Partition =
        "strftime(strptime(split_part(predictionId, '.', 4), '%Y%m%d%H'), '%Y-%m-%d') AS dt, hour(strptime(split_part(predictionId, '.', 4), '%Y%m%d%H'))::INTEGER AS hh";

    private static string Lines(string folder, string columns) =>
        $"read_json({Quoted(Path.Combine(folder, StoreKeys.Predictions, "*", Pattern, "*.jsonl.gz"))}, format = 'newline_delimited', compression = 'gzip', filename = true, "
        + "columns = {predictionId: 'VARCHAR', model: 'VARCHAR', version: 'INTEGER', replica: 'VARCHAR', \"at\": 'TIMESTAMP WITH TIME ZONE', " + columns + "})";

    private static string Texts(IReadOnlyList<string> texts) => $"[{string.Join(", ", texts.Select(Quoted))}]::VARCHAR[]";

    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
