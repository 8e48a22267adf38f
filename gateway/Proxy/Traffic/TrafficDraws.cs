using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Slipway.Gateway.Traffic;

/// <summary>
/// Random draws for requests that are not sticky: SplitMix64, a counter whose every step is mixed. Without a lock, and independent of
/// how callers take turns: a regular sequence would give the same caller the same color again and again, and rollouts assume
/// that this does not happen. Each process starts at another value, so that gateways do not draw the same sequence.
/// </summary>
public sealed class TrafficDraws(ulong seed)
{
    private ulong _position = seed;

    public static TrafficDraws Seeded()
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(seed));
    }

    public double Next() => TrafficSplitPolicy.ToUnit(Mix(Interlocked.Add(ref _position, 0x9E3779B97F4A7C15UL)));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
