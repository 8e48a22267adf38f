using Slipway.Registry;

namespace Slipway.Automation.Datasets;

/// <summary>The newest jobs of a model: however many there are, no more are kept in memory.</summary>
/// <param name="whole">Whether more of them are an error, because an answer would be wrong without them.</param>
internal sealed class NewestJobs(string model, int most, bool whole)
{
    private readonly PriorityQueue<string, DateTimeOffset> _newest = new();

    public IEnumerable<string> Ids => _newest.UnorderedItems.Select(item => item.Element);

    /// <param name="written">When its lineage was written.</param>
    public void Add(string job, DateTimeOffset written)
    {
        if (_newest.Count < most)
            _newest.Enqueue(job, written);
        else if (!whole)
            _newest.EnqueueDequeue(job, written);
        else
            throw new SlipwayException(
                $"'{model}' has more than {most} training jobs in the store, and an answer about only some of them would be wrong. "
                + $"Remove the folders of jobs that registered no version, under {StoreKeys.TrainingJobs(model)}..., and try again.");
    }
}
