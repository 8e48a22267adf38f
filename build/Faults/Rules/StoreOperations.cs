namespace Slipway.Faults.Rules;

/// <summary>What a request to a store does.</summary>
[Flags]
public enum StoreOperations
{
    None = 0,

    /// <summary>Reads content, with or without a condition.</summary>
    Get = 1,

    /// <summary>Describes an object, or reads its tags.</summary>
    Head = 2,

    Put = 4,
    Copy = 8,
    List = 16,
    Delete = 32,

    /// <summary>Replaces tags.</summary>
    Tag = 64,

    Reads = Get | Head | List,
    Writes = Put | Copy | Delete | Tag,
    All = Reads | Writes,
}
