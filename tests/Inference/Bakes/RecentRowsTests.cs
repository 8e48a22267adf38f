using Slipway.Inference.Bakes;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Bakes;

public sealed class RecentRowsTests
{
    [Test]
    public void KeepsTheLatest()
    {
        var rows = RecentRows.For(TestGeneration.Profile(TestModel.Schema), 3)!;
        for (var i = 0; i < 10; i++)
            rows.Keep([i, i, i, i, i]);

        Assert.That(rows.Copy().Select(row => row[0]), Is.EquivalentTo(new[] { 7, 8, 9 }));
    }

    [Test]
    public void KeepsNoPersonalValue()
    {
        var columns = TestModel.Schema.Columns.Select(column => column with { Personal = column.Name != "Torque [Nm]" });
        var rows = RecentRows.For(TestGeneration.Profile(TestModel.Schema with { Columns = [.. columns] }), 8)!;
        rows.Keep([42.5f, 10, 0, 1, 0]);

        Assert.That(rows.Copy().Single(), Is.EqualTo(new float[] { 42.5f, 100, 0, 0, 0 }), "as if a caller had not sent them");
    }

    [Test]
    public void AreNotPassedOnToAVersionThatMayKeepLess()
    {
        ColumnSchema[] columns = [.. TestModel.Schema.Columns];
        ColumnSchema[] retrained = [columns[0] with { Imputed = 41 }, .. columns[1..]];
        ColumnSchema[] personal = [columns[0] with { Personal = true }, .. columns[1..]];
        var profile = TestGeneration.Profile(TestModel.Schema);

        Assert.That(profile.EncodesLike(TestGeneration.Profile(TestModel.Schema with { Columns = retrained })), "other medians encode the same values equally");
        Assert.That(profile.EncodesLike(TestGeneration.Profile(TestModel.Schema with { Columns = personal })), Is.False);
    }

    [Test]
    public void TakesOneMebibyteAtMost()
    {
        string[] categories = [.. Enumerable.Range(0, 10_000).Select(i => $"c{i}")];
        var schema = TestModel.Schema with { Columns = [new("wide", ColumnKind.Categorical, categories, null, null, null)] };

        Assert.That(RecentRows.For(TestGeneration.Profile(schema), 256)!.Capacity, Is.EqualTo(26));
    }

    [Test]
    public void KeepsNothingWhereNothingIsToBeKept() => Assert.That(RecentRows.For(TestGeneration.Profile(TestModel.Schema), 0), Is.Null);

    [Test]
    public async Task NeverMixesTwoRequests()
    {
        var rows = RecentRows.For(TestGeneration.Profile(TestModel.Schema), 2)!;
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
                rows.Keep([writer, writer, writer, writer, writer]);
        })).ToArray();

        var mixed = 0;
        while (!writers.All(writer => writer.IsCompleted))
            mixed += rows.Copy().Count(row => row.Distinct().Count() > 1);
        await Task.WhenAll(writers);

        Assert.That(mixed, Is.Zero);
    }
}
