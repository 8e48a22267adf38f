using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring;

/// <summary>One hour of predictions, with what is in the log of them and of their labels at this moment.</summary>
/// <param name="Objects">Changes whenever the log has more of it.</param>
public sealed record LogHour(DateTimeOffset Hour, string Objects)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The days of which the log has predictions or labels, oldest first.</summary>
    public static async Task<IReadOnlyList<DateOnly>> DaysAsync(IObjectStore store, CancellationToken cancellation)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var prefix in new[] { StoreKeys.Predictions, StoreKeys.Feedback })
            await foreach (var folder in store.ListFoldersAsync(prefix, cancellation))
                if (DateOnly.TryParseExact(Name(folder).Replace("dt=", "", StringComparison.Ordinal), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    days.Add(day);
        await foreach (var model in OldFoldersAsync(store, cancellation))
            await foreach (var year in store.ListFoldersAsync(model, cancellation))
                await foreach (var month in store.ListFoldersAsync(year, cancellation))
                    await foreach (var day in store.ListFoldersAsync(month, cancellation))
                        if (DateOnly.TryParseExact(day[model.Length..^1], "yyyy'/'MM'/'dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var old))
                            days.Add(old);
        return [.. days];
    }

    /// <summary>The hours of one day of which the log has something.</summary>
    public static async Task<IReadOnlyList<LogHour>> OfDayAsync(IObjectStore store, DateOnly day, CancellationToken cancellation)
    {
        var hours = new SortedDictionary<int, HourKeys>();
        await foreach (var (hour, key) in KeysAsync(store, day, cancellation))
        {
            if (!hours.TryGetValue(hour, out var keys))
                hours.Add(hour, keys = new());
            keys.Add(key);
        }

        return [.. hours.Select(hour => new LogHour(new(day, new(hour.Key, 0), TimeSpan.Zero), hour.Value.ToString()))];
    }

    private static async IAsyncEnumerable<(int Hour, string Key)> KeysAsync(IObjectStore store, DateOnly day, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var prefix in new[] { StoreKeys.Predictions, StoreKeys.Feedback })
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"{prefix}dt={day.ToString(DayFormat, CultureInfo.InvariantCulture)}/hh=");
            await foreach (var key in store.ListKeysAsync(folder, cancellation: cancellation))
                if (HourAt(key, folder.Length) is { } hour)
                    yield return (hour, key);
        }

        await foreach (var model in OldFoldersAsync(store, cancellation))
        {
            var folder = model + day.ToString("yyyy'/'MM'/'dd'/'", CultureInfo.InvariantCulture);
            await foreach (var key in store.ListKeysAsync(folder, cancellation: cancellation))
                if (HourAt(key, folder.Length) is { } hour)
                    yield return (hour, key);
        }
    }

    // earlier releases wrote one folder for each model
    private static async IAsyncEnumerable<string> OldFoldersAsync(IObjectStore store, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var folder in store.ListFoldersAsync(StoreKeys.Predictions, cancellation))
            if (ModelName.IsValid(Name(folder)))
                yield return folder;
    }

    private static string Name(string folder) => folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..^1];

    private static int? HourAt(string key, int start) =>
        key.Length > start + 2 && key[start + 2] == '/' && int.TryParse(key.AsSpan(start, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24 ? hour : null;

    /// <summary>Keys in any order: objects of the log are never overwritten.</summary>
    private sealed class HourKeys
    {
        private readonly StringBuilder _sorted = new();
        private readonly SortedSet<string> _keys = new(StringComparer.Ordinal);

        public void Add(string key) => _keys.Add(key);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{_keys.Count}-{Sha256Hex.Of(Encoding.UTF8.GetBytes(_sorted.AppendJoin('\n', _keys).ToString()))[..16]}");
    }
}
