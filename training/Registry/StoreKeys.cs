using System.Globalization;
using Slipway.Registry.Channels;

namespace Slipway.Registry;

/// <summary>All keys of the store. Numbers are padded to ten digits so that listings are in order.</summary>
public static class StoreKeys
{
    public const string Datasets = "datasets/";
    public const string Models = "models/";
    public const string Replicas = "replicas/";
    public const string Predictions = "predictions/";
    public const string Feedback = "feedback/";
    public const string Releases = "releases/";
    public const string Monitoring = "monitoring/";

    public static string Dataset(string model, string file) => $"{Datasets}{model}/{file}";
    public static string DatasetsOf(string model) => $"{Datasets}{model}/";

    public static string TrainingJobs(string model) => $"training-jobs/{model}-";
    public static string TrainingInput(string job, string channel, string file) => $"training-jobs/{job}/input/{channel}/{file}";
    public static string TrainingInput(string job) => $"training-jobs/{job}/input/";
    public static string TrainingArtifact(string job) => $"training-jobs/{job}/output/model.tar.gz";
    public static string TrainingOutcome(string job) => $"training-jobs/{job}/outcome.json";
    public static string TrainingRegistered(string job) => $"training-jobs/{job}/registered.json";
    public static string TrainingLog(string job) => $"training-jobs/{job}/log.txt";
    public static string TrainingReportPage(string job) => $"training-jobs/{job}/report.html";
    public static string TrainingReportMarkdown(string job) => $"training-jobs/{job}/report.md";
    public static string TrainingLineage(string job) => $"training-jobs/{job}/lineage.json";

    public static string Model(string model) => $"{Models}{model}/";
    public static string Recipe(string model) => $"{Model(model)}recipe.json";
    public static string Versions(string model) => $"{Model(model)}versions/";
    public static string Version(string model, int version) => $"{Versions(model)}{Padded(version)}.json";
    public static string Signatures(string model) => $"{Model(model)}signatures/";
    public static string Signature(string model, string manifestSha256) => $"{Signatures(model)}{manifestSha256}.json";
    public static string Channels(string model) => $"{Model(model)}channels/";
    public static string Channel(string model, Color color) => $"{Channels(model)}{color.Word()}.json";
    public static string Catalog(Color color) => $"catalog/{color.Word()}.json";
    public static string History(string model) => $"{Model(model)}history/";
    public static string HistoryEntry(string model, int number) => $"{History(model)}{Padded(number)}.json";

    /// <param name="tag">The tag of the release's images.</param>
    public static string Release(string tag) => $"{Releases}{tag}.json";

    public static string Replica(string replica) => $"{Replicas}{replica}.json";
    public static string DesiredTraffic(string gateway) => $"traffic/{gateway}/desired.json";
    public static string Lock(string gateway) => $"locks/{gateway}.json";
    public static string TrafficState(string gateway) => $"traffic/{gateway}/state.json";
    public static string Observations(string gateway) => $"traffic/{gateway}/observations/";
    public static string Observation(string gateway, string holder) => $"{Observations(gateway)}{holder}.json";
    public static string Rollouts(string gateway) => $"traffic/{gateway}/rollouts/";
    public static string Rollout(string gateway, string id) => $"{Rollouts(gateway)}{id}.json";
    public static string WaitingJobs(string gateway) => $"traffic/{gateway}/waiting/";
    public static string WaitingJob(string gateway, string job) => $"{WaitingJobs(gateway)}{job}.json";

    public static string Retraining(string model) => $"{Monitoring}{model}/retrain.json";

    public static string Domain(string model) => $"{Monitoring}{model}/domain.json";

    public static string Quality(string model) => $"{Monitoring}{model}/quality.json";
    public static string JoinedHour(string model, DateTimeOffset hour) => $"{JoinedHours(model, DateOnly.FromDateTime(hour.UtcDateTime))}{hour.UtcDateTime.ToString("HH", CultureInfo.InvariantCulture)}.json";
    public static string JoinedHours(string model, DateOnly day) => $"{Monitoring}{model}/hours/{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}T";

    // no model has this name
    public static string JoinedDay(DateOnly day) => $"{Monitoring}_joined/{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.json";

    public static string DriftWindows(string model) => $"{Monitoring}{model}/windows/";

    /// <summary>The folder of one window of all versions and servers of a model; <paramref name="start"/> is in UTC.</summary>
    public static string DriftWindows(string model, DateTimeOffset start) => $"{DriftWindows(model)}{WindowStart(start)}/";
    public static string DriftWindow(string model, DateTimeOffset start, int version, string replica) =>
        string.Create(CultureInfo.InvariantCulture, $"{DriftWindows(model, start)}{version}.{replica}.json");
    public static string DriftVerdicts(string model) => $"{Monitoring}{model}/drift/";
    public static string DriftVerdict(string model, DateTimeOffset start, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{DriftVerdicts(model)}{WindowStart(start)}.{version}.json");

    /// <summary>A copy of the newest verdict.</summary>
    public static string LatestDrift(string model) => $"{DriftVerdicts(model)}latest.json";

    /// <summary>The predictions of one hour in UTC, of all models.</summary>
    public static string PredictionPartition(DateTimeOffset hour) => Predictions + Partition(hour);

    /// <summary>The labels of one hour's predictions, whenever they arrived.</summary>
    public static string FeedbackPartition(DateTimeOffset hour) => Feedback + Partition(hour);

    /// <summary>The folder of one hour of a model's predictions as JSON lines, which earlier servers wrote.</summary>
    public static string PredictionHour(string model, DateTimeOffset hour) =>
        $"{Predictions}{model}/{hour.UtcDateTime.ToString("yyyy'/'MM'/'dd'/'HH", CultureInfo.InvariantCulture)}/";

    private static string Partition(DateTimeOffset hour) => hour.UtcDateTime.ToString("'dt='yyyy'-'MM'-'dd'/hh='HH'/'", CultureInfo.InvariantCulture);
    private static string WindowStart(DateTimeOffset start) => start.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static string Padded(int number) => number.ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>Parses the number in a key such as <c>models/m/versions/0000000012.json</c>; null for any other name.</summary>
    public static int? NumberOf(string key)
    {
        var name = key.AsSpan(key.LastIndexOf('/') + 1);
        return name.Length == 15 && name.EndsWith(".json", StringComparison.Ordinal)
            && int.TryParse(name[..10], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}
