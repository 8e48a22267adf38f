using System.Text;
using CsCheck;

namespace Slipway.Tests.Properties;

/// <summary>What a valid input becomes on its way: truncated, with flipped bits, with pieces inserted, repeated or moved.</summary>
internal static class Edited
{
    private static readonly Gen<ByteEdit> Edits = Gen.Select(
        Gen.Int[0, (int)ByteChange.Repeat], Gen.UInt, Gen.UInt, Gen.Int[1, 64], Gen.Int[0, OddText.Pieces.Length - 1], (change, at, to, count, piece) => new ByteEdit((ByteChange)change, at, to, count, piece));

    /// <param name="valid">One of these, with up to four edits.</param>
    public static Gen<byte[]> Of(params byte[][] valid) => Gen.Select(Gen.OneOf(valid), Edits.Array[0, 4], (bytes, edits) => edits.Aggregate(bytes, (edited, edit) => edit.Apply(edited)));

    /// <summary>The same for text, which stays well-formed UTF-16 only as far as the edits leave it.</summary>
    public static Gen<string> Text(params string[] valid) => Of([.. valid.Select(Encoding.UTF8.GetBytes)]).Select(Encoding.UTF8.GetString);

    /// <summary>The bytes as the test's output shows them: as text, with the bytes that are none in hexadecimal.</summary>
    public static string Show(byte[] bytes)
    {
        const int most = 2000;
        var text = new StringBuilder();
        foreach (var value in bytes.AsSpan(0, Math.Min(bytes.Length, most)))
            text.Append(value is >= 0x20 and < 0x7F ? ((char)value).ToString() : $"\\x{value:x2}");
        return bytes.Length > most ? $"{text}... ({bytes.Length} bytes)" : text.ToString();
    }
}

internal enum ByteChange
{
    Flip,
    Truncate,
    Remove,
    Insert,
    Overwrite,
    Copy,
    Repeat,
}

/// <param name="At">Where, counted around the end.</param>
/// <param name="To">Where a copy goes.</param>
internal sealed record ByteEdit(ByteChange Change, uint At, uint To, int Count, int Piece)
{
    public byte[] Apply(byte[] bytes)
    {
        var at = Place(At, bytes.Length);
        var end = Math.Min(bytes.Length, at + Count);
        var piece = OddText.Pieces[Piece];
        return Change switch
        {
            ByteChange.Flip when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (Count & 7))), .. bytes[(at + 1)..]],
            ByteChange.Truncate => bytes[..at],
            ByteChange.Remove => [.. bytes[..at], .. bytes[end..]],
            ByteChange.Overwrite => [.. bytes[..at], .. piece, .. bytes[Math.Min(bytes.Length, at + piece.Length)..]],
            ByteChange.Copy => Place(To, bytes.Length) is var to ? [.. bytes[..to], .. bytes[at..end], .. bytes[to..]] : bytes,
            ByteChange.Repeat => [.. bytes[..at], .. Enumerable.Repeat(bytes[at..end], 1 + (Piece & 7)).SelectMany(again => again), .. bytes[at..]],
            _ => [.. bytes[..at], .. piece, .. bytes[at..]],
        };
    }

    private static int Place(uint at, int length) => (int)(at % ((uint)length + 1));
}
