namespace Slipway.Analysis.Tests;

internal static class LogDatabaseRows
{
    /// <summary>The result of a query as one text for each row, with a bar between the columns.</summary>
    public static string[] Rows(this LogDatabase database, string sql)
    {
        var all = new List<string>();
        database.Query(sql, rows =>
        {
            while (rows.Read())
                all.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => rows.IsDBNull(column) ? "NULL" : FormattableString.Invariant($"{rows.GetValue(column)}"))));
        }, CancellationToken.None);
        return [.. all];
    }
}
