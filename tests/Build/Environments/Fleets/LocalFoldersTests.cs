using Slipway.Build.Environments.Fleets;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class LocalFoldersTests
{
    private LocalFolderFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)]
    [TestCase((UnixFileMode)0b111_101_101, TestName = "EnvironmentOfAnEarlierReleaseIsClosedToo")]
    public void NobodyElseLooksIntoAnEnvironment(UnixFileMode before)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows does not have these permissions; users' own folders are private there.");
        else
        {
            File.SetUnixFileMode(_fixture.Folders.Root, before);

            _ = new LocalFolders(_fixture.Folders.Root);

            Assert.That(File.GetUnixFileMode(_fixture.Folders.Root), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
    }
}
