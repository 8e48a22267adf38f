using Slipway.Gateway.PutBacks;
using Slipway.Gateway.Tests.Probes;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Replicas;

namespace Slipway.Gateway.Tests.PutBacks;

public class PutBackPolicyTests
{
    private static readonly PutBackReport Report = new("blue-1", Color.Blue, "pumps", Served().PutBack!);

    [Test]
    public void MovesEveryChannelThatPointsToTheVersion()
    {
        var move = Move(Seen(blue: 2, green: 2))!;

        Assert.That((move.Version, move.Action, string.Join(' ', move.Channels), string.Join(' ', move.Block!)),
            Is.EqualTo((1, HistoryAction.Rollback, "Blue Green", GoldenVersions.OnnxSha256(2))));
    }

    [Test]
    public void LeavesTheOtherChannelDuringARollout() => Assert.That(Move(Seen(blue: 2, green: 1))!.Channels, Is.EqualTo(new[] { Color.Blue }));

    [TestCase(1, 1, TestName = "SomebodyHasMovedItBackAlready")]
    [TestCase(3, 3, TestName = "AnotherVersionWasPublishedSince")]
    [TestCase(1, 2, TestName = "OnlyTheOtherColorPointsToIt")]
    public void LeavesChannelsAlone(int blue, int green) => Assert.That(Move(Seen(blue, green)), Is.Null);

    [Test]
    public void LeavesAVersionThatAPersonChoseAlthoughItIsBlocked() => Assert.That(Move(Seen(2, 2, blocked: GoldenVersions.OnnxSha256(2))), Is.Null);

    [Test]
    public void DoesNotMoveToABlockedVersion() => Assert.That(Move(Seen(2, 2, blocked: GoldenVersions.OnnxSha256(1))), Is.Null);

    [Test]
    public void WaitsForAMoveThatIsUnderWay() => Assert.That(Move(Seen(2, 2, last: Entry(HistoryAction.Publish, 3, "test", "because"))), Is.Null);

    [Test]
    public void CompletesAMoveOfItsOwn()
    {
        var whole = Move(Seen(2, 2))!;

        var move = Move(Seen(blue: 1, green: 2, last: Entry(HistoryAction.Rollback, 1, whole.By, whole.Reason), blueAt: 9))!;

        Assert.That((move.Reason, string.Join(' ', move.Channels)), Is.EqualTo((whole.Reason, "Blue Green")));
    }

    [Test]
    public void ReportOfOtherBytesMovesNothing() =>
        Assert.That(PutBackPolicy.Move(Report with { PutBack = Report.PutBack with { OnnxSha256 = "other" } }, Seen(2, 2), Manifest(2), Manifest(1), "main"), Is.Null);

    [TestCase(null, 1)]
    [TestCase(2, null)]
    public void VersionWithoutAManifestMovesNothing(int? bad, int? before) => Assert.That(
        PutBackPolicy.Move(Report, Seen(2, 2), bad is null ? null : Manifest(2), before is null ? null : Manifest(1), "main"), Is.Null);

    [Test]
    public void ReasonIsOneBoundedLine()
    {
        var report = Report with { PutBack = Report.PutBack with { Reason = $"line\nline {new string('n', 100_000)}" } };

        Assert.That(PutBackPolicy.Move(report, Seen(2, 2), Manifest(2), Manifest(1), "main")!.Reason, Does.StartWith("Server blue-1 put version 2 back: line line n").And.Length.LessThan(1100));
    }

    [Test]
    public void ReportsOnlyWhatIsStillHeldBackEarliestFirst()
    {
        var reports = PutBackPolicy.Reports(
        [
            Beat("blue-1", Served(at: 5)), Beat("blue-2", Served(at: 3)), Beat("blue-3", Served() with { PutBack = null }),
            Beat("blue-4", Served() with { Version = 2 }), Beat("blue-5", Served() with { Quarantined = [] }),
        ]);

        Assert.That(reports.Select(report => report.Replica), Is.EqualTo(new[] { "blue-2", "blue-1" }));
    }

    internal static ServedModel Served(int at = 0) => new(
        GoldenVersions.Model, 1, GoldenVersions.OnnxSha256(1), 2, ServedModelState.Quarantined, null, [new(2, "archive-2", "It was put back: it was bad.", 1)],
        Generation: "serving", PutBack: new(2, GoldenVersions.OnnxSha256(2), 1, "it was bad.", DateTimeOffset.UnixEpoch.AddSeconds(at)));

    private static ReplicaHeartbeat Beat(string replica, ServedModel served) => new(replica, Color.Blue, "http://127.0.0.1:1", "r1", 1, true, false, [served], default);

    private static ChannelMove? Move(ChannelSnapshot seen) => PutBackPolicy.Move(Report, seen, Manifest(2), Manifest(1), "main");

    private static ChannelSnapshot Seen(int blue, int green, string? blocked = null, HistoryEntry? last = null, int blueAt = 8)
    {
        IReadOnlyList<string> block = blocked is null ? [] : [blocked];
        return new(new(9, "head"), last ?? Entry(HistoryAction.Publish, blue, "test", "because", number: 8), new Dictionary<Color, ChannelPointer>
        {
            [Color.Blue] = new(blue, null, block, blueAt),
            [Color.Green] = new(green, null, block, 8),
        });
    }

    private static HistoryEntry Entry(HistoryAction action, int to, string by, string reason, int number = 9) =>
        new(number, "pumps", action, Colors.All, null, to, by, reason, default, null);

    private static ModelManifest Manifest(int version) => new(
        "pumps", version, new("", "", 0, "", GoldenVersions.OnnxSha256(version)), GoldenVersions.Schema,
        new(new Dictionary<string, Metric>(), [], null, new(0, 0, 0, 0, new Dictionary<string, double>(), null), 0, 0), new(true, null, []),
        new Lineage("", "pumps", new("", "", null, 0, 0), "", "", new Dictionary<string, string>(), 1, new("", true), new("", "", new Dictionary<string, string>()), null, default, null),
        default);
}
