namespace Slipway.Registry.Tests.Monitoring.Drift.Simulations;

/// <summary>Seeded normal, gamma and binomial variables. Exact, because what is simulated is one window of a million.</summary>
/// <remarks>Polar method; Marsaglia and Tsang 2000; inversion for small means, and W. Hoermann's BTRS (1993) otherwise.</remarks>
internal sealed class Draws(int seed)
{
    private readonly Random _random = new(seed);

    public double Normal()
    {
        while (true)
        {
            var (x, y) = (2 * _random.NextDouble() - 1, 2 * _random.NextDouble() - 1);
            if (x * x + y * y is > 0 and < 1 and var square)
                return x * Math.Sqrt(-2 * Math.Log(square) / square);
        }
    }

    /// <param name="shape">At least 1.</param>
    public double Gamma(double shape)
    {
        var d = shape - 1 / 3.0;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - _random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    public long Binomial(long n, double p) =>
        n <= 0 || p <= 0 ? 0
        : p >= 1 ? n
        : p > 0.5 ? n - Binomial(n, 1 - p)
        : n * p < 10 ? Inverted(n, p)
        : Rejected(n, p);

    public double[] Multinomial(long n, double[] shares)
    {
        var counts = new double[shares.Length];
        var left = 1.0;
        for (var i = 0; i < shares.Length && n > 0; i++)
        {
            var count = i == shares.Length - 1 ? n : Binomial(n, shares[i] / left);
            counts[i] = count;
            n -= count;
            left -= shares[i];
        }

        return counts;
    }

    private long Inverted(long n, double p)
    {
        var odds = p / (1 - p);
        var term = Math.Pow(1 - p, n);
        var u = _random.NextDouble();
        for (long k = 0; k <= n; k++)
        {
            if (u < term)
                return k;
            u -= term;
            term *= odds * (n - k) / (k + 1);
        }

        return n;
    }

    private long Rejected(long n, double p)
    {
        var deviation = Math.Sqrt(n * p * (1 - p));
        var b = 1.15 + 2.53 * deviation;
        var a = -0.0873 + 0.0248 * b + 0.01 * p;
        var c = n * p + 0.5;
        var edge = 0.92 - 4.2 / b;
        var alpha = (2.83 + 5.1 / b) * deviation;
        var mode = Math.Floor((n + 1) * p);
        while (true)
        {
            var u = _random.NextDouble() - 0.5;
            var v = _random.NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((2 * a / us + b) * u + c);
            if (us >= 0.07 && v <= edge)
                return (long)k;
            if (k < 0 || k > n)
                continue;
            if (Math.Log(v * alpha / (a / (us * us) + b)) <= LnMass(mode, n, p) - LnMass(k, n, p))
                return (long)k;

            double LnMass(double at, long of, double share) => Stirling(at) + Stirling(of - at) - at * Math.Log(share) - (of - at) * Math.Log(1 - share);
        }
    }

    /// <summary>ln k!.</summary>
    private static double Stirling(double k)
    {
        if (k < 10)
        {
            var factorial = 1.0;
            for (var i = 2; i <= k; i++)
                factorial *= i;
            return Math.Log(factorial);
        }

        return (k + 0.5) * Math.Log(k) - k + 0.5 * Math.Log(2 * Math.PI) + (1 / 12.0 - (1 / 360.0 - 1 / 1260.0 / (k * k)) / (k * k)) / k;
    }
}
