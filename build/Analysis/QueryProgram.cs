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
            await RunAsync(request, new DirectoryObjectStore(Path.GetFullPath(request.Store)), request.Store, cancellation);
            return;
        }

        var copy = Directory.CreateTempSubdirectory("slipway-query-");
        try
        {
            var (to, days) = (time.GetUtcNow(), request.Days);
            var store = ObjectStores.Open(request.Store, time);
            await BucketCopy.CopyAsync(store, new DateTimeOffset(to.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - days), to, copy.FullName, cancellation);
            await output.WriteLineAsync($"The log of {days} days until now, from {request.Store}; --days=<n> reads more of it.");
            await RunAsync(request, store, copy.FullName, cancellation);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private async Task RunAsync(QueryRequest request, IObjectStore store, string folder, CancellationToken cancellation)
    {
        using var database = LogDatabase.Open(folder, await LoggedVersion.ReadAsync(store, folder, cancellation));
        var sql = request.Sql.Trim().TrimEnd(';');
        if (request.Output is null)
        {
            database.Print(sql, output, cancellation);
            return;
        }

        database.Export(sql, request.Output, cancellation);
        await output.WriteLineAsync($"The result is in {request.Output}.");
    }
}
