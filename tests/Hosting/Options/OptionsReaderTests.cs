using Microsoft.Extensions.Configuration;
using Slipway.Hosting.Options;

namespace Slipway.Hosting.Tests.Options;

public sealed class OptionsReaderTests
{
    private static readonly OptionNames Names = new("the sample", typeof(SampleOptions), "Logging");

    [Test]
    public void ReadsEveryKind()
    {
        var options = Read("--store=/srv/store", "--Color=green", "--Cookie=user", "--TakeOver=true", "--MaxRows=7", "--Interval=0.5", "--Log:SampleRate=0.25");

        Assert.That(options, Is.EqualTo(new SampleOptions
        {
            Store = "/srv/store",
            Color = "green",
            Cookie = "user",
            TakeOver = true,
            MaxRows = 7,
            Interval = TimeSpan.FromSeconds(0.5),
            Log = new() { SampleRate = 0.25 },
        }));
    }

    [Test]
    public void KeepsTheDefaultsOfWhatNobodySets() => Assert.That(Read("--Store=/srv/store"), Is.EqualTo(new SampleOptions { Store = "/srv/store" }));

    [TestCase("2", 2)]
    [TestCase("0.5", 0.5)]
    [TestCase("00:00:02", 2)]
    [TestCase("00:00:00.25", 0.25)]
    public void TakesDurationsAsSecondsOrAsAClock(string text, double seconds) =>
        Assert.That(Read("--Store=/srv/store", $"--Interval={text}").Interval, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("--Color=red", "Color is 'red'; expected blue or green (SLIPWAY_Color or --Color=)")]
    [TestCase("--TakeOver=perhaps", "TakeOver is 'perhaps'; expected true or false")]
    [TestCase("--MaxRows=0", "MaxRows is '0'; expected a whole number from 1 to 100")]
    [TestCase("--MaxRows=101", "MaxRows is '101'")]
    [TestCase("--MaxRows=-1", "MaxRows is '-1'")]
    [TestCase("--MaxRows=99999999999999999999", "MaxRows is '99999999999999999999'")]
    [TestCase("--Interval=soon", "Interval is 'soon'; expected seconds such as 0.5, or hh:mm:ss")]
    [TestCase("--Interval=-Infinity", "Interval is '-Infinity'")]
    [TestCase("--Interval=NaN", "Interval is 'NaN'")]
    [TestCase("--Interval=1.00:00:00", "Interval is '1.00:00:00'")]
    [TestCase("--Interval=00:00:00", "Interval is '00:00:00'")]
    [TestCase("--Log:SampleRate=1.5", "Log:SampleRate is '1.5'; expected a fraction from 0 to 1 (SLIPWAY_Log__SampleRate or --Log:SampleRate=)")]
    [TestCase("--Log:SampleRate=NaN", "Log:SampleRate is 'NaN'")]
    [TestCase("--Cookie=", "Cookie is set but empty; give it a value or remove it (SLIPWAY_Cookie or --Cookie=)")]
    [TestCase("--Stroe=/srv", "--Stroe is not an option of the sample; its options are Color, Cookie, Interval, Log:SampleRate, MaxRows, Store, TakeOver")]
    [TestCase("--NoOption=1", "--NoOption is not an option")]
    [TestCase("--Store", "'--Store' is not an option: write --<Name>=<value>")]
    [TestCase("serve", "'serve' is not an option")]
    public void NamesWhatIsWrongInOneLine(string argument, string expected)
    {
        var error = Errors("--Store=/srv/store", argument).Single();

        Assert.That(error, Does.StartWith(expected).And.Not.Contain("\n"));
    }

    [TestCase("", "Store is not set; expected a folder, or a bucket as s3://<bucket> (SLIPWAY_Store or --Store=)")]
    [TestCase("s3://bucket/folder", "Store is 's3://bucket/folder': it must be a whole bucket")]
    public void SaysWhatAStoreIs(string store, string expected) => Assert.That(Errors($"--Store={store}").Single(), Does.StartWith(expected));

    [Test]
    public void CollectsAllErrors()
    {
        var errors = Errors("serve", "--Color=red", "--MaxRows=0", "--Interval=soon", "--Cookie=");

        Assert.That(errors.Select(error => error.Split(' ')[0]), Is.EqualTo(new[] { "'serve'", "Cookie", "Store", "Color", "MaxRows", "Interval" }));
    }

    [Test]
    public void TakesSectionsOfTheHost() => Assert.That(() => Read("--Store=/srv/store", "--Logging:LogLevel:Default=None"), Throws.Nothing);

    [Test]
    public void AnInvalidArgumentHidesNoOther() => Assert.That(Errors("serve", "--Store", "--Color=red"), Has.Count.EqualTo(4));

    [Test]
    public void ReadsNoNameThatTheRecordLacks()
    {
        var read = new OptionsReader(Names, new ConfigurationBuilder().Build());
        var other = (Colour: "blue", Length: 0);

        Assert.That(() => read.Text(other.Colour), Throws.InvalidOperationException);
    }

    private static IReadOnlyList<string> Errors(params string[] arguments) => Assert.Throws<InvalidOptionsException>(() => Read(arguments))!.Errors;

    private static SampleOptions Read(params string[] arguments)
    {
        var read = new OptionsReader(Names, OptionsReader.AddSources(new ConfigurationBuilder(), Names, arguments).Build());
        read.RefuseUnknown(arguments);
        read.RefuseEmpty(except: nameof(SampleOptions.Store));
        var defaults = new SampleOptions();
        var options = new SampleOptions
        {
            Store = read.Store(nameof(defaults.Store)),
            Color = read.Text(defaults.Color, "blue or green", text => text is "blue" or "green"),
            Cookie = read.Text(defaults.Cookie),
            TakeOver = read.Flag(defaults.TakeOver),
            MaxRows = read.Number(defaults.MaxRows, 1, 100),
            Interval = read.Duration(defaults.Interval, TimeSpan.FromTicks(1)),
            Log = new() { SampleRate = read.Share(defaults.Log.SampleRate) },
        };
        read.ThrowIfWrong();
        return options;
    }
}
