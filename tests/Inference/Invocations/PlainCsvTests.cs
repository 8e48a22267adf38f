using System.Text;
using Slipway.Inference.Invocations;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Invocations;

public sealed class PlainCsvTests
{
    private const string Header = "Torque [Nm],\"Wear, tool\",Type\n";

    [TestCase("42.5,10,M\n", ExpectedResult = 1)]
    [TestCase("42.5,10,M", ExpectedResult = 1)]
    [TestCase("42.5,10,M\r\n1,,\r\n , 2 ,H\r\n", ExpectedResult = 3)]
    [TestCase("", ExpectedResult = null)]
    [TestCase("\n", ExpectedResult = null)]
    [TestCase("42.5,10,M\n\n", ExpectedResult = null)]
    [TestCase("42.5,10\n", ExpectedResult = null)]
    [TestCase("42.5,10,M,1\n", ExpectedResult = null)]
    [TestCase("42.5,10,\"M\"\n", ExpectedResult = null)]
    [TestCase("42.5;10,M,\n", ExpectedResult = null)]
    [TestCase("42.5,10,\u00fc\n", ExpectedResult = null)]
    [TestCase("42.5,10,M\r1,2,M\n", ExpectedResult = null)]
    [TestCase("1,2,M\n1,2,M\n1,2,M\n1,2,M\n", ExpectedResult = null, TestName = "LeavesTooManyRowsToTheOther")]
    public int? ReadsRowsOfValuesUnderAHeaderThatItHasSeen(string rows)
    {
        var profile = TestGeneration.Profile(TestModel.Schema);
        PlainCsv.Remember(Bytes(Header + "1,2,M\n"), profile, [0, 1, 2]);

        return PlainCsv.Find(Bytes(Header + rows), profile, header: true, maxRows: 3)?.Rows;
    }

    [Test]
    public void KnowsNoHeaderBeforeTheFirstRequest() =>
        Assert.That(PlainCsv.Find(Bytes(Header + "1,2,M\n"), TestGeneration.Profile(TestModel.Schema), header: true, maxRows: 3), Is.Null);

    [TestCase("Torque [Nm],Id,\"Wear, tool\",Type\n", 0, -1, 1, 2)] // a column that the model does not have
    [TestCase("Torque [Nm];\"Wear, tool\";Type\n", 0, 1, 2)]
    [TestCase("Torque [Nm],\"Wear,\ntool\",Type\n", 0, 1, 2)]
    [TestCase("Torque [Nm],Type", 0, 2)]
    public void RemembersNoHeaderBelowWhichRowsAreNotPlain(string header, params int[] columns)
    {
        var profile = TestGeneration.Profile(TestModel.Schema);

        PlainCsv.Remember(Bytes(header), profile, columns);

        Assert.That(profile.LastCsvHeader, Is.Null);
    }

    [Test]
    public void NeedsNoHeaderWhereThereIsNone() =>
        Assert.That(PlainCsv.Find(Bytes("1,2,M\n2,3,H\n"), TestGeneration.Profile(TestModel.Schema), header: false, maxRows: 3)?.Rows, Is.EqualTo(2));

    [Test]
    public async Task PredictsTheSameWhicheverReadsIt()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f));
        var answers = new List<string>();
        foreach (var body in new[] { "42.5,10,M\n,7,H\n", "42.5,10,M\n,7,H\n", "42.5,10,\"M\"\n,7,H\n" })
        {
            using var answer = await server.PostAsync("/invocations", Header + body, "text/csv", ("Accept", "text/csv"));
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.That(answers.Distinct().Count(), Is.EqualTo(1), string.Join("; ", answers));
        Assert.That(answers[0], Does.Match("^probability,label\n0[.][0-9]+,broken\n"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
