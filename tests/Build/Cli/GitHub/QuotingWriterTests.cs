using Slipway.Build.Cli.GitHub;

namespace Slipway.Build.Tests.Cli.GitHub;

public sealed class QuotingWriterTests
{
    private StringWriter _log = null!;

    [SetUp]
    public void Begin() => _log = new() { NewLine = "\n" };

    [TearDown]
    public void Close() => _log.Dispose();

    [TestCase("::error::x", "> ::error::x")]
    [TestCase("    ::add-mask::a", "    > ::add-mask::a")]
    [TestCase("\t\u00A0::stop-commands::t", "\t\u00A0> ::stop-commands::t")]
    [TestCase("done ##[error]x", "done ## [error]x")]
    [TestCase("Slipway::Build passed", "Slipway::Build passed")]
    [TestCase("a # [x]", "a # [x]")]
    [TestCase("", "")]
    public void NobodyElsesLineIsAnOrder(string line, string printed)
    {
        Write(writer => writer.WriteLine(line));

        Assert.That(_log.ToString(), Is.EqualTo($"{printed}{Environment.NewLine}"));
    }

    [Test]
    public void AnOrderInPiecesIsNoneEither()
    {
        Write(writer =>
        {
            writer.Write(" :");
            writer.Flush();
            writer.Write(":error");
            writer.WriteLine("::x");
        });

        Assert.That(_log.ToString(), Is.EqualTo($" > ::error::x{Environment.NewLine}"));
    }

    [Test]
    public void AReturnBeginsALineAsWell()
    {
        Write(writer => writer.Write("50 %\r::error::x\r\n::warning::y\n"));

        Assert.That(_log.ToString(), Is.EqualTo("50 %\r> ::error::x\r\n> ::warning::y\n"));
    }

    [Test]
    public void TheLastLineNeedsNoEnd()
    {
        Write(writer => writer.Write("::error::x"));

        Assert.That(_log.ToString(), Is.EqualTo("> ::error::x"));
    }

    private void Write(Action<QuotingWriter> print)
    {
        using var writer = new QuotingWriter(_log);
        print(writer);
    }
}
