using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>
/// Marks an object with the write that made it. When the answer to a conditional write gets lost, its repetition finds the condition broken
/// by the write itself; the mark tells that from a write of somebody else, and a claim that was won from one that was lost.
/// </summary>
internal sealed class WriteMark
{
    private const string Name = "slipway-write";

    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Put(MetadataCollection metadata) => metadata[Name] = _mark;

    public bool IsOn(MetadataCollection metadata) => metadata[Name] == _mark;
}
