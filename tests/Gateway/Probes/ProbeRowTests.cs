using System.Text;
using Slipway.Gateway.Probes;
using Slipway.Registry.Models;

namespace Slipway.Gateway.Tests.Probes;

public class ProbeRowTests
{
    [Test]
    public void IsARequestForOneRow()
    {
        var row = ProbeRow.Of(GoldenVersions.Golden(), GoldenVersions.Schema)[1];
        Assert.That(Encoding.UTF8.GetString(row.Body.Span), Is.EqualTo("""{"inputs":[{"name":"features","shape":[1,1],"datatype":"FP32","data":[2]}]}"""));
        Assert.That(row.Golden.Outputs, Is.EqualTo(new[] { new[] { 0.2f } }));
    }

    [Test]
    public void TakesNoMoreThanAHundredSpreadOverTheSet()
    {
        var rows = ProbeRow.Of(GoldenVersions.Golden(1000), GoldenVersions.Schema);
        Assert.That((rows.Count, rows[0].Number, rows[^1].Number), Is.EqualTo((ProbeRow.MaxRows, 0, 999)));
    }

    [Test]
    public void TakesNoMoreBytesThanThereIsRoomFor()
    {
        var wide = new GoldenSet([], [.. Enumerable.Repeat(new float[200_000], 50)], [.. Enumerable.Repeat(new float[1], 50)], 0.001);
        var rows = ProbeRow.Of(wide, GoldenVersions.Schema);
        Assert.That(rows, Is.Not.Empty);
        Assert.That(rows.Sum(row => row.Body.Length), Is.LessThanOrEqualTo(ProbeRow.MaxBytes));
    }
}
