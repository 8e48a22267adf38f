using System.Globalization;

namespace Slipway.Trainer.Generators;

/// <summary>
/// A milling machine's sensor values and failures by the published rules of the AI4I 2020 predictive maintenance dataset
/// (S. Matzka, UCI Machine Learning Repository 601), in the original's columns and format, so that the original file is a drop-in replacement.
/// <para>Published: shares of the types; sigma and mean of both temperature walks and of torque; a power of 2860 W behind the speed;
/// wear per process; every failure rule; 0.1 % random failures.</para>
/// <para>Tuned here, because it is not published: the constants under "Tuned" give about 3.4 % failures in 10,000 rows
/// (2.3 to 4.3 % by seed, because heat dissipation depends on where the process temperature's walk happens to be), and a speed with about
/// the original's mean and range.</para>
/// </summary>
public sealed class Ai4i2020Generator : IDatasetGenerator
{
    public const string Header =
        "UDI,Product ID,Type,Air temperature [K],Process temperature [K],Rotational speed [rpm],Torque [Nm],Tool wear [min]," +
        "Machine failure,TWF,HDF,PWF,OSF,RNF";

    // Published
    private const double RatedPower = 2860;
    private const double RandomFailureRate = 0.001;

    // Tuned
    private const double BaseSpeed = 840;         // rpm in addition to what the rated power gives; power alone would put every row below 3500 W
    private const double MinLoad = 16;          // Nm; lighter loads do not spin any faster
    private const double SpeedSigma = 60;         // rpm
    private const double WornToolFails = 0.4;     // share of tools that fail at the end of their life instead of being replaced in time
    private const double MinTorque = 3.8;       // Nm; the smallest value of the original

    private const double RadiansPerSecond = 2 * Math.PI / 60;

    public string Name => "ai4i2020";

    public void Write(TextWriter csv, int rows, int seed)
    {
        var random = new NormalSource(seed);
        var air = random.Walk(rows, 300, 2);
        var excess = random.Walk(rows, 10, 1);
        var tool = new Tool(random);

        csv.NewLine = "\n";
        csv.WriteLine(Header);
        for (var i = 0; i < rows; i++)
            csv.WriteLine(Line(i + 1, Observe(random, tool, air[i], excess[i])));
    }

    private static Reading Observe(NormalSource random, Tool tool, double air, double excess)
    {
        var type = random.Uniform() switch { < 0.5 => 'L', < 0.8 => 'M', _ => 'H' };
        // rounded first: every failure follows from the values that are in the file
        var torque = Math.Round(Math.Max(MinTorque, random.Normal(40, 10)), 1);
        var speed = BaseSpeed + (RatedPower / Math.Max(torque, MinLoad) / RadiansPerSecond) + random.Normal(0, SpeedSigma);
        var (wear, toolFailed) = tool.Use(type);
        return new(
            type, Math.Round(air, 1), Math.Round(Math.Round(air, 1) + excess, 1), (int)Math.Round(speed), torque, wear,
            toolFailed, random.Uniform() < RandomFailureRate);
    }

    private static string Line(int number, Reading reading)
    {
        // the original numbers its products by type, with these offsets
        var product = number + (reading.Type switch { 'L' => 47179, 'M' => 14859, _ => 29413 });
        return string.Create(CultureInfo.InvariantCulture,
            $"{number},{reading.Type}{product},{reading.Type},{reading.Air:F1},{reading.Process:F1},{reading.Speed},{reading.Torque:F1},{reading.Wear}," +
            $"{Flag(reading.Failed)},{Flag(reading.ToolWear)},{Flag(reading.HeatDissipation)},{Flag(reading.Power)},{Flag(reading.Overstrain)},{Flag(reading.Random)}");
    }

    private static char Flag(bool value) => value ? '1' : '0';

    private sealed record Reading(
        char Type, double Air, double Process, int Speed, double Torque, int Wear, bool ToolWear, bool Random)
    {
        // decimal arithmetic with one-decimal values: 308.6 - 300.0 must not be slightly less than 8.6
        public bool HeatDissipation => (decimal)Process - (decimal)Air < 8.6m && Speed < 1380;

        public bool Power => Torque * Speed * RadiansPerSecond is < 3500 or > 9000;

        public bool Overstrain => Wear * (decimal)Torque > Type switch { 'L' => 11_000, 'M' => 12_000, _ => 13_000 };

        public bool Failed => ToolWear || HeatDissipation || Power || Overstrain || Random;
    }

    /// <summary>A tool wears with every process; somewhere between 200 and 240 minutes, it fails or is replaced.</summary>
    private sealed class Tool(NormalSource random)
    {
        private int _wear;
        private double _life = random.Uniform(200, 240);

        public (int Wear, bool Failed) Use(char type)
        {
            var wear = _wear;
            _wear += type switch { 'H' => 5, 'M' => 3, _ => 2 };
            if (_wear <= _life)
                return (wear, false);

            (_wear, _life) = (0, random.Uniform(200, 240));
            // a fresh draw in any case: the tool's other values must not decide it
            var failed = random.Uniform() < WornToolFails;
            return (wear, failed && wear >= 200);
        }
    }
}
