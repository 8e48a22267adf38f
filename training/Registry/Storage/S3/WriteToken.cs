using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>
/// Marks an object with the write that created it. If the response to a conditional write gets lost, the retry finds the condition broken
/// by the write itself; the mark distinguishes that from somebody else's write, and a claim that was won from one that was lost.
/// </summary>
internal sealed class WriteToken
{
    private const string Name = "slipway-write";

    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Put(MetadataCollection metadata) => metadata[Name] = _mark;

    public bool IsOn(MetadataCollection metadata) => metadata[Name] == _mark;
}
