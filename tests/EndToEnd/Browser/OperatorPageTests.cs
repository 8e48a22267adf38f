using System.Text.RegularExpressions;

namespace Slipway.EndToEnd.Tests.Browser;

/// <summary>
/// The operator's page in a real browser, on a real environment. In order: each test continues where the previous one ended. The pictures stay in
/// TestResults/screenshots.
/// </summary>
public sealed partial class OperatorPageTests
{
    private const string Model = LocalSystem.Model;
    private static readonly (int Width, string Scheme)[] Looks = [(390, "dark"), (390, "light"), (1280, "dark"), (1920, "dark"), (1920, "light"), (1280, "light")];

    private readonly LocalSystem _system = new();
    private BrowserWindow? _browser;
    private string _page = "";
    private string _base = "";
    private string _prediction = "";

    private BrowserWindow Browser => _browser!;

    [OneTimeSetUp]
    public async Task DeployAndOpen()
    {
        _browser = await BrowserWindow.OpenAsync(_system.Home);
        await _system.BringTrainedModels();
        var run = await _system.Succeeds(_system.Deploy());
        _page = PageLine.Match(run.Output).Groups[1].Value;
        Assert.That(_page, Is.Not.Empty, run.Output);
        _base = _page[.._page.IndexOf('/', "http://".Length)];
        await Browser.Open();
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        await _system.DisposeAsync();
    }

    [Test, Order(1)]
    public async Task ThePrintedAddressOpensThePageAndNothingElseDoes()
    {
        Assert.That(await Browser.Go($"{_base}/"), Is.EqualTo(401));
        await Browser.Says("This page needs its token");
        await SignIn();
        await Browser.Says("All is well: 4 models on blue.");
        Assert.That(await Browser.Press("Tab"), Is.EqualTo("Skip to the content"));
        Assert.That(await Browser.Problems(), Has.None.Contain("Content Security Policy"));
    }

    [Test, Order(2)]
    public async Task ThePlaygroundAnswersWithBothColorsAndFollowsASlider()
    {
        await Browser.Go($"{_base}/playground/{Model}");
        await Browser.Says("Blue and green agree: both answer with the same version.");
        await Browser.Fill("#c4", "9999");
        await Browser.Click("button[type=submit]");
        await Browser.Says("outside of the training data");
        await Browser.Slide("input[aria-label^='Torque']", "20");
        await Browser.Says("\"Torque [Nm]\":20,"); // the code to copy follows
        await Browser.Go($"{_base}/playground/penguins?example=2&vary=1");
        await Browser.Says("changes");
    }

    [Test, Order(3)]
    public async Task APredictionLeadsToWhereItComesFrom()
    {
        using var answer = await _system.Predict();
        var id = _prediction = answer.Headers.GetValues("x-slipway-prediction-id").Single();
        await Browser.Go($"{_base}/prediction");
        await Browser.Fill("input[name=id]", id);
        await Browser.Click("button[type=submit]");
        await Browser.Says("How it came about");
        var text = await Browser.Text();
        Assert.That(text, Does.Contain("Training job").And.Contain("Dataset").And.Contain($"--target=Trace --prediction={id}"));
    }

    [Test, Order(4)]
    public async Task TheTapShowsPredictionsWhileItIsOpen()
    {
        await Browser.Go($"{_base}/tap");
        await Browser.Says("has passed since then");
        using var answer = await _system.Predict();
        await Browser.Says(Model);
    }

    [Test, Order(5)]
    public async Task ABadRolloutCanBeWatchedAndUnderstoodFromThePageAlone()
    {
        await using var load = await _system.StartLoad();
        await load.Answers(50);
        await Browser.Go($"{_base}/rollout");
        await Browser.Says("No rollout has run yet");
        var deploying = _system.Deploy("--fault=errors:0.5", "--Local_Rollout_Probes=off");
        // the open page follows by itself; a gateway of the same release stays
        await Browser.Says("was rolled back: blue has all requests");
        var run = await deploying;
        Assert.That(run.ExitCode, Is.EqualTo(3), run.All);
        await Browser.Says("Evidence that it is worse than stable");
        Assert.That(await Browser.Text(), Does.Contain("The candidate fails").And.Contain("Bad requests that were counted last").And.Match(@"errors\s+answered with an error\s+25 %"));
        await Browser.Go($"{_base}/");
        await Browser.Says("The last rollout was rolled back. All traffic is on blue.");
    }

    [Test, Order(6)]
    public async Task EveryPageIsAccessibleAndFitsAtEachWidthInLightAndDark()
    {
        (string Name, string Path)[] pages =
        [
            ("overview", "/"), ("rollout", "/rollout"), ("model", $"/models/{Model}"), ("prediction", $"/prediction?id={_prediction}"), ("prediction-form", "/prediction"), ("playground", $"/playground/{Model}?example=3&vary=4"), ("tap", "/tap"),
        ];
        var problems = new List<string>();
        foreach (var (name, path) in pages)
        {
            await Browser.Go(_base + path);
            foreach (var (width, scheme) in Looks)
            {
                await Browser.Look(width, scheme);
                await Browser.Picture($"{name}-{width}-{scheme}");
                if (await Browser.ScrollsSideways())
                    problems.Add($"{name} at {width} scrolls sideways");
                // colors differ by scheme, and layout by width: one of each stands for all
                if ((width, scheme) is (1280, "light") or (390, "dark"))
                    problems.AddRange((await Browser.Violations()).Select(violation => $"{name} at {width}, {scheme}: {violation}"));
            }
        }
        Assert.That(problems, Is.Empty);
    }

    [Test, Order(7)]
    public async Task AllButWhatMovesWorksWithoutAScript()
    {
        await Browser.Open(scripts: false);
        await SignIn();
        await Browser.Go($"{_base}/?sort=requests&order=down");
        await Browser.Says("The last rollout was rolled back.");
        await Browser.Go($"{_base}/playground/{Model}");
        await Browser.Fill("#c4", "55");
        await Browser.Click("button[type=submit]");
        await Browser.Says("\"Torque [Nm]\":55");
        await Browser.Open();
        await SignIn();
    }

    [Test, Order(8)]
    public async Task FiftyTabsAreOpenAndThePageStillAnswers()
    {
        await Browser.Tabs($"{_base}/", 50);
        await Browser.Go($"{_base}/models/penguins");
        await Browser.Says("Version 1 answers on blue");
        await Browser.Alone();
    }

    [Test, Order(9)]
    public async Task AnOpenPageFollowsAModelThatIsSwappedUnderIt()
    {
        await Browser.Go($"{_base}/models/penguins");
        await Browser.Says("Version 1 answers on blue");
        await _system.PublishAgain("penguins");
        await Browser.Says("Version 2 answers on blue");
        await Browser.Says("To see it swapped.");
        await Browser.Go($"{_base}/playground/penguins?example=2");
        await Browser.Says("Blue and green agree: both answer with the same version.");
    }

    [Test, Order(10)]
    public async Task AnOpenPageSaysThatTheStoreIsAwayAndThatItIsBack()
    {
        await Browser.Go($"{_base}/");
        await Browser.Says("All traffic is on blue.");
        using (new StoreAway(_system.Folder))
        {
            await Browser.Says("The store does not respond.", "The records of traffic in the store cannot be read or written.");
            await Browser.Go($"{_base}/playground/{Model}?example=3");
            await Browser.Says("Blue and green agree"); // servers answer with what they have loaded
            await Browser.Go($"{_base}/");
        }

        await Browser.Says("All traffic is on blue.");
    }

    [Test, Order(11)]
    public async Task APageOutlivesItsGateway()
    {
        await Browser.Go($"{_base}/");
        _system.Kill("gateway");
        await Browser.Says("The connection to the gateway is lost.");
        var deploying = _system.Run("Deploy", "--port=0", "--Local_PrivatePort=0");
        await Browser.Says("The gateway was restarted, and this page is connected again."); // for half a minute, which Deploy may outlast
        await _system.Succeeds(deploying);
    }

    /// <summary>The address with the token leads on to the page by itself, and only then may a test go elsewhere.</summary>
    private async Task SignIn()
    {
        await Browser.Go(_page);
        await Browser.At($"{_base}/");
    }

    [GeneratedRegex(@"^Operator's page: (http://127\.0\.0\.1:\d+/\?token=[0-9a-f]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex PageLine { get; }
}
