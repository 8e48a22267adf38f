namespace Slipway.Gateway.Page.Overview;

/// <summary>The order of the lines, as the address says it.</summary>
public sealed record OverviewOrder(string Column, bool IsDescending)
{
    public static OverviewOrder Of(IQueryCollection query) => new(query["sort"] is [{ } column] ? column : "model", query["order"] == "down");

    public IEnumerable<OverviewModel> Sort(IEnumerable<OverviewModel> models)
    {
        // by name first: lines that are equal otherwise keep that order
        Func<OverviewModel, IComparable?> key = Column switch
        {
            "requests" => model => model.Requests,
            "errors" => model => model.Errors,
            "p50" => model => model.Percentile(0.5),
            "p99" => model => model.Percentile(0.99),
            "quality" => model => (model.Summary?.BlueVersion ?? model.Summary?.GreenVersion)?.Quality?.Value,
            "changed" => model => model.Summary?.Last?.At,
            _ => model => model.Name,
        };
        return IsDescending ? models.OrderByDescending(key) : models.OrderBy(key);
    }

    /// <summary>Where the heading of a column leads: to its order, or to the reverse.</summary>
    public string Next(string column) => Column == column && !IsDescending ? $"/?sort={column}&order=down#models" : $"/?sort={column}#models";

    /// <summary>For screen readers; null for a column that does not order.</summary>
    public string? Aria(string column) => Column != column ? null : IsDescending ? "descending" : "ascending";
}
