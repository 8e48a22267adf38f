using Slipway.Registry;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Tests.Data;

public sealed class RowBatchesTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(1000)]
    public void WorksOnEveryRowOnce(int rows)
    {
        var seen = new int[rows];

        RowBatches.InParallel(rows, batchSize: 64, (start, count) =>
        {
            Assert.That(count, Is.InRange(1, 64));
            for (var row = start; row < start + count; row++)
                Interlocked.Increment(ref seen[row]);
        });

        Assert.That(seen, Is.All.EqualTo(1));
    }

    [TestCase(10)]
    [TestCase(1000)]
    public void FailsAsTheBatchDid(int rows) =>
        Assert.That(() => RowBatches.InParallel(rows, batchSize: 64, (_, _) => throw new SlipwayException("No.")), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("No."));

    [Test]
    public void RunsDifferentWorkAndFailsAsItDid()
    {
        var done = 0;
        Concurrently.Run(() => Interlocked.Increment(ref done), () => Interlocked.Increment(ref done));

        Assert.That(done, Is.EqualTo(2));
        Assert.That(() => Concurrently.Run(() => throw new OperationCanceledException(), () => { }), Throws.TypeOf<OperationCanceledException>());
    }

    [Test]
    public void CopiesConsecutiveRows()
    {
        var rows = new EncodedRows(width: 2, count: 3);
        for (var row = 0; row < 3; row++)
            rows.Add([row, -row], label: row, number: row + 1);

        var part = rows.Part(1, 2);

        Assert.That((part.Count, part.Row(0)[1], part.Row(1)[0], part.Labels[0], part.Numbers[1]), Is.EqualTo((2, -1f, 2f, 1f, 3L)));
        Assert.That(rows.Part(0, 3), Is.SameAs(rows));
        var spread = rows.Spread(2);
        Assert.That(Enumerable.Range(0, spread.Count).Select(row => spread.Numbers[row]), Is.EqualTo(new[] { 1, 3 }), "the first and the last");
    }
}
