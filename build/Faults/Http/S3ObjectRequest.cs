using Slipway.Faults.Rules;

namespace Slipway.Faults.Http;

/// <summary>What a request to an S3 endpoint does, by its method, path and query. The bucket is the first part of the path.</summary>
/// <param name="Key">The object's key; for a listing its prefix.</param>
public readonly record struct S3ObjectRequest(StoreOperations Operation, string Key)
{
    /// <param name="copies">Whether the request names a source to copy from.</param>
    public static S3ObjectRequest Of(string method, PathString path, IQueryCollection query, bool copies)
    {
        var parts = (path.Value ?? "").TrimStart('/').Split('/', 2);
        var key = parts.Length == 2 ? parts[1] : "";
        var isTagging = query.ContainsKey("tagging");
        return method switch
        {
            "GET" when key.Length == 0 => new(StoreOperations.List, query["prefix"].ToString()),
            "GET" => new(isTagging ? StoreOperations.Head : StoreOperations.Get, key),
            "HEAD" => new(StoreOperations.Head, key),
            "PUT" when isTagging => new(StoreOperations.Tag, key),
            "PUT" when copies => new(StoreOperations.Copy, key),
            "DELETE" => new(StoreOperations.Delete, key),
            _ => new(StoreOperations.Put, key), // PUT, and POST for the begin and the end of an upload in parts
        };
    }
}
