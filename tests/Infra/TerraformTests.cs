namespace Slipway.Infra.Tests;

public sealed class TerraformTests
{
    private TerraformCopy _copy = null!;

    [OneTimeSetUp]
    public void Copy() => _copy = new();

    [OneTimeTearDown]
    public async Task Forget() => await _copy.DisposeAsync();

    [Test]
    public async Task IsFormattedAsTerraformFormats()
    {
        var (exitCode, output) = await _copy.RunAsync(".", "fmt", "-check", "-recursive");

        Assert.That(exitCode, Is.Zero, $"terraform fmt -recursive infra changes these: {output}");
    }

    [TestCase("environments"), TestCase("emulated")]
    public async Task HoldsTogether(string module)
    {
        await _copy.InitAsync(module);

        var (exitCode, output) = await _copy.RunAsync(module, "validate");

        Assert.That(exitCode, Is.Zero, output);
    }

    [Test]
    public async Task AnswersWhatAnAuditorAsks()
    {
        var module = Path.Combine("modules", "environment");
        await _copy.InitAsync(module);

        var (exitCode, output) = await _copy.RunAsync(module, "test");

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Match(@"Success! \d\d passed, 0 failed\."));
    }
}
