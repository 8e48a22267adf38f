using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Slipway.Registry.Models;

namespace Slipway.Registry.Rows;

public enum Side : byte
{
    /// <summary>The rows that the model is trained on.</summary>
    Training,

    /// <summary>The rows that the decision threshold is chosen on.</summary>
    Validation,

    /// <summary>Rows that are not used for training or tuning: metrics are measured on these.</summary>
    Holdout,
}

/// <summary>
/// Decides a row's side only from what identifies the row, so that it stays there in every version of a dataset, whatever its
/// neighbors, its position or the seed. Without id columns, the whole row's text identifies it.
/// </summary>
public sealed class RowSplit(SplitSpec split)
{
    // part of the contract: another salt would move training rows of older models into the holdout
    private static readonly byte[] Salt = "slipway.split.1\n"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _text = new();

    public Side SideOf(CsvRows row, ReadOnlySpan<int> columns)
    {
        _text.ResetWrittenCount();
        _text.Write(Salt);
        foreach (var column in columns)
        {
            Encoding.UTF8.GetBytes(row.Value(column).Trim(), _text);
            _text.Write("\u001f"u8);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_text.WrittenSpan, hash);
        return SideOf(BinaryPrimitives.ReadUInt64BigEndian(hash) / (ulong.MaxValue + 1.0));
    }

    /// <param name="position">0 to 1, uniform over rows.</param>
    public Side SideOf(double position) =>
        position < split.Holdout ? Side.Holdout
        : position < split.Holdout + split.Validation ? Side.Validation
        : Side.Training;
}
