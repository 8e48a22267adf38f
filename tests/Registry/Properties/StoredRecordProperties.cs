using System.Text.Json;
using CsCheck;
using Slipway.Tests.Properties;

namespace Slipway.Registry.Tests.Properties;

/// <summary>Every record that is read from the store, where a disk, a person or another release may have changed it.</summary>
public sealed class StoredRecordProperties
{
    private static readonly TestCaseData[] Records = [.. StoredRecordSample.All.Select(sample => new TestCaseData(sample).SetArgDisplayNames(sample.ToString()))];

    [TestCaseSource(nameof(Records))]
    public void IsReadCompletelyOrNotAtAll(StoredRecordSample sample) =>
        Property.Holds(EditedJson.Of(sample.Valid), 150, bytes =>
        {
            if (sample.TryRead(bytes) is not { } record)
                return;
            Assert.That(Holes.In(record), Is.Empty);
            var written = sample.Write(record);
            Assert.That(sample.Write(sample.Read(written)), Is.EqualTo(written), "it is written as it was read");
        }, Edited.Show);

    [TestCaseSource(nameof(Records))]
    public void MeansTheSameHoweverItIsWritten(StoredRecordSample sample) =>
        Property.Holds(Gen.Select(Gen.OneOf(sample.Valid), Gen.Int[0, int.MaxValue - 1]), 20, one =>
        {
            var (valid, seed) = one;
            Assert.That(Sorted(sample.Write(sample.Read(RewrittenJson.Of(valid, seed)))), Is.EqualTo(Sorted(sample.Write(sample.Read(valid)))));
        }, one => Edited.Show(RewrittenJson.Of(one.Item1, one.Item2)));

    [TestCaseSource(nameof(Records))]
    public void TakesMemoryInProportionToItsLength(StoredRecordSample sample) =>
        Property.Holds(EditedJson.Of(sample.Valid), 50, bytes =>
        {
            var taken = Allocated.By(() => sample.TryRead(bytes));
            Assert.That(taken, Is.LessThan(150_000 + (60L * bytes.Length)));
        }, Edited.Show);

    // dictionaries keep the order in which they were read
    private static string Sorted(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return Sorted(document.RootElement);
    }

    private static string Sorted(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{Sorted(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(",", json.EnumerateArray().Select(Sorted))}]",
        _ => json.GetRawText(),
    };
}
