using Slipway.Automation.Local;
using Slipway.Registry;

namespace Slipway.Automation.Tests.Local;

public sealed class TrainingLogTests
{
    private TrainingFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task KeepsEveryLineInItsOrder() =>
        Assert.That(await Written(["one", "two", "three"]), Is.EqualTo("one\ntwo\nthree\n"));

    [Test]
    public async Task KeepsTheBeginningAndTheEndOfWhatIsVeryLong()
    {
        var text = await Written([.. Enumerable.Range(0, 300_000).Select(i => $"epoch {i} of 300000"), "why it failed"]);
        var lines = text.Split('\n');

        Assert.That(text, Has.Length.LessThan(1_000_100).And.StartWith("epoch 0 of 300000\n").And.EndWith("epoch 299999 of 300000\nwhy it failed\n"));
        var leftOut = lines.Single(line => line.StartsWith("... ", StringComparison.Ordinal));
        Assert.That(leftOut, Is.EqualTo($"... {300_001 - (lines.Length - 2)} lines omitted ..."));
    }

    [Test]
    public async Task LeavesOutALineThatIsLongerThanAllOfIt()
    {
        var text = await Written(["first", new string('x', 2_000_000), "last"]);

        Assert.That(text, Is.EqualTo("first\n... 1 lines omitted ...\nlast\n"));
    }

    private async Task<string> Written(IEnumerable<string> lines)
    {
        var log = new TrainingLog(_ => { });
        foreach (var line in lines)
            log.Add(line);
        await log.WriteAsync(_fixture.Store, "job", default);
        await using var stored = await _fixture.Store.GetAsync(StoreKeys.TrainingLog("job"));
        return await new StreamReader(stored!.Content).ReadToEndAsync();
    }
}
