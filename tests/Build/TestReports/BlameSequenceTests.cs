using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class BlameSequenceTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-blame-");

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_folder);

    [Test]
    public void NamesTheTestsThatDidNotEnd()
    {
        // VSTest leaves two copies of the same file
        Write("run", Sequence);
        Write("deployment", Sequence);

        Assert.That(BlameSequence.Unfinished(_folder.FullName), Is.EqualTo(new[] { "Gateway.Tests.Waits" }));
    }

    [Test]
    public void NamesNothingWhenTheFileIsCutOff()
    {
        Write("run", Sequence[..^20]);

        Assert.That(BlameSequence.Unfinished(_folder.FullName), Is.Empty);
    }

    [Test]
    public void NamesNothingWithoutAFolder() =>
        Assert.That(BlameSequence.Unfinished(Path.Combine(_folder.FullName, "missing")), Is.Empty);

    private const string Sequence = """
        <?xml version="1.0"?>
        <TestSequence>
          <Test Name="Gateway.Tests.Splits" Completed="True" />
          <Test Name="Gateway.Tests.Waits" Completed="False" />
        </TestSequence>
        """;

    private void Write(string folder, string text) =>
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory(folder).FullName, "Sequence_1.xml"), text);
}
