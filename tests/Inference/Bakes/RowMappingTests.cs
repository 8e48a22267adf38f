using Slipway.Inference.Bakes;
using Slipway.Inference.Generations;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Inference.Tests.Bakes;

public sealed class RowMappingTests
{
    private static readonly ColumnSchema Torque = new("torque", ColumnKind.Numeric, null, 40, 0, 80);
    private static readonly ColumnSchema Kind = new("kind", ColumnKind.Categorical, ["L", "M"], null, null, null);

    [Test]
    public void SameColumnsAreTheSameRows()
    {
        var mapping = RowMapping.Between(Of(Torque, Kind), Of(Torque, Kind));

        Assert.That((mapping.IsSame, mapping.IsComplete, Map(mapping, [1, 0, 1], 3)), Is.EqualTo((true, true, "1 0 1")));
    }

    [Test]
    public void OtherOrderAndAnotherCategoryCanBeCompared()
    {
        var mapping = RowMapping.Between(Of(Torque, Kind), Of(Kind with { Categories = ["M", "H", "L"] }, Torque));

        Assert.That((mapping.IsSame, mapping.IsComplete, Map(mapping, [1, 0, 1], 4)), Is.EqualTo((false, true, "1 0 0 1")));
    }

    [Test]
    public void ColumnThatIsNewIsMissing()
    {
        var mapping = RowMapping.Between(Of(Kind), Of(Torque, Kind));

        Assert.That((mapping.IsComplete, string.Join(",", mapping.Added), Map(mapping, [0, 1], 3)), Is.EqualTo((false, "torque", "40 0 1")));
    }

    [Test]
    public void ColumnThatIsGoneIsLeftOutAndPredictionsAreNotCompared()
    {
        var mapping = RowMapping.Between(Of(Torque, Kind), Of(Torque));

        Assert.That((mapping.IsComplete, mapping.Added.Count, Map(mapping, [1, 0, 1], 1)), Is.EqualTo((false, 0, "1")));
    }

    [Test]
    public void NumberThatBecameACategoryIsANewColumn() =>
        Assert.That(RowMapping.Between(Of(Torque), Of(new ColumnSchema("torque", ColumnKind.Categorical, ["1", "2"], null, null, null))).Added, Is.EqualTo(new[] { "torque" }));

    private static ModelProfile Of(params ColumnSchema[] columns) =>
        TestGeneration.Profile(TestModel.Schema with { Columns = columns, Features = FeatureEncoder.FeatureNames(columns) });

    private static string Map(RowMapping mapping, float[] row, int width)
    {
        var mapped = new float[width];
        mapping.Map(row, mapped);
        return string.Join(' ', mapped);
    }
}
