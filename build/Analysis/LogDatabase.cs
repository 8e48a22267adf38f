using DuckDB.NET.Data;
using Slipway.PredictionLogs.Schema;
using Slipway.Registry;

namespace Slipway.Analysis;

/// <summary>DuckDB in memory, with the views <c>predictions</c> and <c>feedback</c> over the Parquet objects in a folder, and over the JSON lines of earlier servers.</summary>
public sealed class LogDatabase : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly DirectoryInfo _spill = Directory.CreateTempSubdirectory("slipway-query-");

    /// <param name="folder">Contains <c>predictions/</c> and <c>feedback/</c>.</param>
    /// <param name="versions">What JSON lines do not say; null if there are none.</param>
    public static LogDatabase Open(string folder, IReadOnlyList<LoggedVersion>? versions = null)
    {
        var database = new LogDatabase();
        try
        {
            database._connection.Open();
            // what does not fit into memory must not be written to the working folder, and nothing is downloaded
            database.Execute($"SET temp_directory = {JsonLinesViews.Quoted(database._spill.FullName)}");
            database.Execute("SET autoinstall_known_extensions = false");
            database.Execute("SET TimeZone = 'UTC'");
            var hasLines = JsonLinesViews.ModelsIn(folder).Any();
            if (hasLines)
                foreach (var statement in JsonLinesViews.VersionsTable(versions ?? []))
                    database.Execute(statement);
            database.View(folder, StoreKeys.Predictions, "predictions", PredictionColumns.All, hasLines ? JsonLinesViews.Predictions(folder) : null);
            database.View(folder, StoreKeys.Feedback, "feedback", FeedbackColumns.All, hasLines ? JsonLinesViews.Feedback(folder) : null);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <param name="read">Receives the rows.</param>
    /// <exception cref="SlipwayException">The query is wrong, or failed.</exception>
    public void Query(string sql, Action<DuckDBDataReader> read, CancellationToken cancellation)
    {
        // an interruption before the query runs would be lost
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            using var stop = cancellation.Register(command.Cancel);
            using var rows = command.ExecuteReader();
            read(rows);
        }
        catch (DuckDBException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new SlipwayException($"The query failed: {e.Message.Trim()}", e);
        }
    }

    /// <summary>Prints the first rows of a result. DuckDB makes them text: its library cannot read a map with a missing value.</summary>
    /// <exception cref="SlipwayException">The query is wrong, or failed.</exception>
    public void Print(string sql, TextWriter output, CancellationToken cancellation) =>
        Query($"SELECT COLUMNS(*)::VARCHAR FROM ({sql}\n) LIMIT {ResultTable.MaxRows + 1}", rows => ResultTable.Print(rows, output), cancellation);

    /// <exception cref="SlipwayException">The query is wrong, or the file cannot be written.</exception>
    public void Export(string sql, string file, CancellationToken cancellation) =>
        Query($"COPY ({sql}\n) TO {JsonLinesViews.Quoted(file)} (HEADER)", rows => { }, cancellation);

    public void Dispose()
    {
        _connection.Dispose();
        _spill.Delete(recursive: true);
    }

    // without any object, it is an empty table of the same columns
    private void View(string folder, string prefix, string name, IReadOnlyList<LogColumn> columns, string? lines)
    {
        var root = Path.Combine(folder, prefix);
        var any = Directory.Exists(root) && Directory.EnumerateDirectories(root, "dt=*").SelectMany(day => Directory.EnumerateFiles(day, "*.parquet", SearchOption.AllDirectories)).Any();
        var objects = any
            ? $"SELECT * FROM read_parquet({JsonLinesViews.Quoted(Path.Combine(root, "dt=*", "hh=*", "*.parquet"))}, hive_partitioning = true, hive_types = {{'dt': VARCHAR, 'hh': INTEGER}})"
            : $"SELECT {string.Join(", ", columns.Select(column => $"NULL::{column.Type} AS {column.Name}"))}, NULL::VARCHAR AS dt, NULL::INTEGER AS hh WHERE false";
        Execute(lines is null ? $"CREATE VIEW {name} AS {objects}" : $"CREATE VIEW {name} AS {objects} UNION ALL BY NAME {lines}");
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
