using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Reports;

/// <summary>Whether what models are asked is like their training data: the newest verdict of each, as the gateway has written it.</summary>
public static class DriftReport
{
    private const int ReadsAtATime = 16;

    /// <summary>Shows a line for each model that has a verdict, and what to do if one is an alarm.</summary>
    public static async Task ShowDriftAsync(this IProgressReport report, IObjectStore store, TimeProvider time, string argument, CancellationToken cancellation)
    {
        var verdicts = await LatestAsync(store, cancellation);
        if (verdicts.Count == 0)
            return;
        report.Table("Data", verdicts.Select(verdict => KeyValuePair.Create(verdict.Model, Describe(verdict, time.GetUtcNow()))));
        foreach (var verdict in verdicts.Where(verdict => verdict.AlarmSince is not null))
            report.Line(WhatToDo(verdict, argument));
    }

    public static string Describe(DriftVerdict verdict, DateTimeOffset now)
    {
        var end = verdict.Start + verdict.Length;
        var age = now - end > 3 * verdict.Length ? ", and no window since" : "";
        var since = verdict.AlarmSince is { } alarm ? $"; alarm since {alarm.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"version {verdict.Version}, {Word(verdict.State)}: {verdict.Rows} rows until {end.UtcDateTime:u}{age}, largest distance {verdict.Ratio:0.00} of its bound{since}. {verdict.Sentence}");
    }

    private static string WhatToDo(DriftVerdict verdict, string argument) =>
        $"The data of '{verdict.Model}' is not like its training data. If its source changed by mistake, repair the source; if the world changed, train on newer data: "
        + $"./build.sh --target=Train --model={verdict.Model} --dataset=<file>{argument}. docs/monitoring.md explains the figures.";

    private static async Task<IReadOnlyList<DriftVerdict>> LatestAsync(IObjectStore store, CancellationToken cancellation)
    {
        var models = new List<string>();
        await foreach (var folder in store.ListFoldersAsync(StoreKeys.Monitoring, cancellation))
            models.Add(folder[StoreKeys.Monitoring.Length..].TrimEnd('/'));
        var verdicts = new List<DriftVerdict>();
        foreach (var some in models.Chunk(ReadsAtATime))
            verdicts.AddRange((await Task.WhenAll(some.Select(model => ReadAsync(store, model, cancellation)))).OfType<DriftVerdict>());
        return verdicts;
    }

    private static async Task<DriftVerdict?> ReadAsync(IObjectStore store, string model, CancellationToken cancellation)
    {
        try
        {
            return (await store.ReadAsync(StoreKeys.LatestDrift(model), RegistryJson.Default.DriftVerdict, cancellation))?.Value;
        }
        catch (UnreadableObjectException)
        {
            return null; // of a later release
        }
    }

    private static string Word(DriftState state) => state switch
    {
        DriftState.TooFew => "too few rows",
        DriftState.NoBaseline => "no baseline",
        _ => state.ToString().ToLowerInvariant(),
    };
}
