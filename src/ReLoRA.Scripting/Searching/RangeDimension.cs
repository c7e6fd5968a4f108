using System.Globalization;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Searching;

/// <summary>A number between two bounds. Samplers work on its coordinate, in which the prior is uniform: the value or its logarithm.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The largest value.</param>
/// <param name="Scale">Which values are equally likely at first.</param>
/// <param name="Step">The distance of the values allowed; 0 allows all.</param>
internal sealed record RangeDimension(string Name, double Low, double High, Scale Scale, double Step)
    : SearchDimension(Name)
{
    // A number that was drawn has no meaning beyond these; so short, a label shows it whole.
    private const string Digits = "G4";

    /// <summary>Whether only some values between the bounds are allowed.</summary>
    public bool IsDiscrete => Step > 0;

    /// <summary>The coordinate where the values begin. Those of a discrete range have a width, so that each is as likely as the next.</summary>
    public double Start => Coordinate(Low - Step / 2);

    /// <summary>The coordinate where they end.</summary>
    public double End => Coordinate(High + Step / 2);

    /// <summary>The coordinate of a value.</summary>
    public double Coordinate(double value) => Scale == Scale.Log ? Math.Log(value) : value;

    /// <summary>The coordinates that belong to a value of a discrete range.</summary>
    public (double From, double To) Bin(double value) => (Coordinate(value - Step / 2), Coordinate(value + Step / 2));

    public override double AtShare(double share) => At(Start + share * (End - Start));

    /// <summary>The allowed value nearest to a coordinate.</summary>
    public double At(double coordinate)
    {
        var value = Scale == Scale.Log ? Math.Exp(coordinate) : coordinate;
        var allowed = IsDiscrete ? Low + Step * Math.Round((value - Low) / Step) : Rounded(value);
        return Math.Clamp(allowed, Low, High);
    }

    private static double Rounded(double value) =>
        double.Parse(value.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
