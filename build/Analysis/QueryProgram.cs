using Slipway.Build.Cli.Querying;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Analysis;

/// <summary>Runs a query over an environment's prediction log.</summary>
public sealed class QueryProgram(TextWriter output, TimeProvider time)
{
    /// <exception cref="SlipwayException">The query is wrong, or the log cannot be read.</exception>
    public async Task RunAsync(QueryRequest request, CancellationToken cancellation)
    {
        if (!request.Store.StartsWith("s3://", StringComparison.Ordinal))
        {
            Run(request, request.Store, cancellation);
            return;
        }

        var copy = Directory.CreateTempSubdirectory("slipway-query-");
        try
        {
            var (to, days) = (time.GetUtcNow(), request.Days);
            await BucketCopy.CopyAsync(ObjectStores.Open(request.Store, time), new DateTimeOffset(to.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - days), to, copy.FullName, cancellation);
            await output.WriteLineAsync($"The log of {days} days until now, from {request.Store}; --days=<n> reads more of it.");
            Run(request, copy.FullName, cancellation);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private void Run(QueryRequest request, string folder, CancellationToken cancellation)
    {
        using var database = LogDatabase.Open(folder);
        var sql = request.Sql.Trim().TrimEnd(';');
        if (request.Output is null)
        {
            database.Query(sql, rows => ResultTable.Print(rows, output), cancellation);
            return;
        }

        database.Export(sql, request.Output, cancellation);
        output.WriteLine($"The result is in {request.Output}.");
    }
}
