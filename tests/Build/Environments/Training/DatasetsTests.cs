using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Environments.Training;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Training;

public sealed class DatasetsTests
{
    private LocalFolderFixture _fixture = null!;
    private Datasets _datasets = null!;
    private ObservedStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _store = new(new DirectoryObjectStore(_fixture.Folders.Store, new FakeTimeProvider()));
        _datasets = new(_store, _fixture.Folders, TimeSpan.FromMinutes(1), TimeProvider.System);
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task BringsAFileToWhereArrivalsBelong()
    {
        var key = await _datasets.ImportAsync("pumps", File("a.csv", "x,y\n1,2\n"), default);

        Assert.That(key, Is.EqualTo("datasets/pumps/a.csv"));
        Assert.That((await _store.HeadAsync(key))!.Length, Is.EqualTo(8));
    }

    [TestCase("x,y\n1,2\n", 0, TestName = "Same content is not written again")]
    [TestCase("x,y\n1,3\n", 1, TestName = "Other content of the same length is")]
    [TestCase("x,y\n1,2\n3,4\n", 1, TestName = "Longer content is")]
    public async Task OnlyWhatIsNewIsWritten(string content, int written)
    {
        await _datasets.ImportAsync("pumps", File("a.csv", "x,y\n1,2\n"), default);
        var before = _store.Puts;
        var key = await _datasets.ImportAsync("pumps", File("a.csv", content), default);

        Assert.That(_store.Puts - before, Is.EqualTo(written));
        await using var found = await _store.GetAsync(key);
        using var text = new StreamReader(found!.Content);
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(content));
    }

    [Test]
    public void MissingFileIsNamed() =>
        Assert.That(
            () => _datasets.ImportAsync("pumps", "/no/such.csv", default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("/no/such.csv"));

    [Test]
    public void EmptyFileIsNotBroughtIn() =>
        Assert.That(
            () => _datasets.ImportAsync("pumps", File("a.csv", ""), default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("is empty"));

    [Test]
    public async Task PipeIsTurnedAwayInsteadOfWaitingForAWriter()
    {
        var pipe = await _fixture.Pipe("pipe.csv");

        Assert.That(
            () => _datasets.ImportAsync("pumps", pipe, default).WaitAsync(TimeSpan.FromSeconds(60)),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("a pipe"));
    }

    [TestCase("rows.txt"), TestCase(".rows.csv")]
    public void FileThatNobodyWouldTakeForADatasetIsToBeRenamed(string name) =>
        Assert.That(
            () => _datasets.ImportAsync("pumps", File(name, "x\n1\n"), default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("Rename"));

    [Test]
    public async Task FileThatIsOnlyBeingCopiedIsNoDataset()
    {
        var key = await _datasets.ImportAsync("pumps", File("a.csv", "x\n1\n"), default);
        foreach (var name in new[] { "b.csv.part", "c.csv" })
            await System.IO.File.WriteAllTextAsync(Path.Combine(_fixture.Folders.Store, "datasets", "pumps", name), name == "c.csv" ? "" : "x\n1");

        Assert.That((await _datasets.NewestFirstAsync("pumps", default)).Select(dataset => dataset.Key), Is.EqualTo(new[] { key }));
    }

    [Test]
    public async Task NewestFileIsTheDataset()
    {
        var old = await _datasets.ImportAsync("pumps", File("z-old.csv", "x\n1\n"), default);
        var recent = await _datasets.ImportAsync("pumps", File("a-new.csv", "x\n2\n"), default);
        System.IO.File.SetLastWriteTimeUtc(Path.Combine(_fixture.Folders.Store, old), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.That((await _datasets.NewestFirstAsync("pumps", default)).Select(dataset => dataset.Key), Is.EqualTo(new[] { recent, old }));
        Assert.That(await _datasets.NewestFirstAsync("valves", default), Is.Empty);
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(_fixture.Root, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
