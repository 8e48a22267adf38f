using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Tools;

public sealed class PagePictureTests
{
    [TestCase("chromium", "")]
    [TestCase("node", "chromium")]
    [TestCase("npm", "google-chrome node")]
    public void SaysWhatIsMissingAndHowToGetIt(string missing, string present)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-programs-");
        try
        {
            foreach (var name in present.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                File.WriteAllText(Path.Combine(folder.FullName, OperatingSystem.IsWindows() ? $"{name}.exe" : name), "");

            Assert.That(
                () => new PagePicture("driver", folder.FullName, TimeProvider.System).MakeAsync("http://127.0.0.1/?token=secret", "http://127.0.0.1/", "page.png", default),
                Throws.TypeOf<SlipwayException>().With.Message.Contains($"'{missing}' is not here").And.Message.Contains("apt-get install chromium nodejs npm").And.Message.Not.Contains("secret"));
        }
        finally
        {
            TestFolder.Remove(folder);
        }
    }
}
