using Slipway.Automation.Datasets;

namespace Slipway.Automation.Tests.Datasets;

public sealed class DatasetNameTests
{
    [TestCase("rows.csv", true, false)]
    [TestCase("ROWS.CSV", true, false)]
    [TestCase("rows of monday.Csv", true, false)]
    [TestCase("rows.csv.part", false, true)]
    [TestCase("rows.csv.PART", false, true)]
    [TestCase("rows.csv.tmp", false, true)]
    [TestCase("rows.csv~", false, true)]
    [TestCase("~rows.csv", false, true)]
    [TestCase(".rows.csv", false, true)]
    [TestCase(".rows.csv.Xa81kd", false, true)]
    [TestCase("rows.csv.gz", false, false)]
    [TestCase("rows.xlsx", false, false)]
    [TestCase("csv", false, false)]
    [TestCase("two\nlines.csv", false, false)]
    public void NameDeterminesTheKindOfAFile(string name, bool dataset, bool temporary) =>
        Assert.That((DatasetName.IsDataset(name), DatasetName.IsTemporary(name)), Is.EqualTo((dataset, temporary)));

    [TestCase("datasets/pumps/a.csv", true)]
    [TestCase("datasets/pumps/old/a.csv", false)]
    [TestCase("datasets/pumps-2/a.csv", false)]
    [TestCase("datasets/pumps/a.csv.part", false)]
    public void KeyContainsTheModelOfADataset(string key, bool expected) =>
        Assert.That(DatasetName.IsDatasetOf("pumps", key), Is.EqualTo(expected));
}
