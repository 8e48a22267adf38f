using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Tests.Trainers;

public sealed class LightGbmLibraryTests
{
    [TestCase("linux-x64", "apt-get install libgomp1")]
    [TestCase("linux-x64", "dnf install libgomp")]
    [TestCase("linux-x64", "apk add libgomp")]
    [TestCase("osx-x64", "brew install libomp")]
    [TestCase("win-x64", "winget install Microsoft.VCRedist.2015+.x64")]
    public void SaysHowToGetWhatALibraryThatIsThereNeeds(string platform, string command) =>
        Assert.That(LightGbmLibrary.Explain(platform, isThere: true), Does.Contain(command).And.Contain(platform));

    [Test]
    public void InstallsNothingWhereThereIsNoLibrary() =>
        Assert.That(LightGbmLibrary.Explain("osx-arm64", isThere: false), Is.EqualTo("LightGBM has no native library for this platform (osx-arm64)."));
}
