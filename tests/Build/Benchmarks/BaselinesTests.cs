using Slipway.Benchmarks.Contestants;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class BaselinesTests
{
    private static readonly IReadOnlyList<ContestantProgram> Servers = new Baselines("program.dll", "/peers").Servers("model.onnx", "probability", features: 8);

    [Test]
    public void RunEveryFastApiWithWhatItsCommunityShipsIt() =>
        Assert.That(
            Servers.Where(server => server.Name.StartsWith("FastAPI", StringComparison.Ordinal)).Select(server => server.Proof![2]),
            Has.Exactly(3).Items.And.All.Contains("uvloop, httptools"));

    [Test]
    public void HaveScikitLearnWithTheFeaturesOfTheModel()
    {
        var sklearn = Servers.Single(server => server.Name == "FastAPI, scikit-learn");

        Assert.That(sklearn.Command("/folder", 9000).Skip(3).Take(5), Is.EqualTo(new[] { "python3", Path.Combine("/peers", "fastapi_sklearn.py"), "8", "probability", "9000" }));
        Assert.That(sklearn.InstallHint, Does.Contain("scikit-learn").And.Contain("apt-get install").And.Contain("python3-sklearn"));
    }

    [Test]
    public void DoNotSendAnybodyToDebianForWhatItDoesNotHave() =>
        Assert.That(Servers.Single(server => server.Name == "FastAPI, ONNX Runtime").InstallHint, Does.Contain("onnxruntime").And.Not.Contain("apt-get"));
}
