namespace ReLoRA.Scripting.Searching;

/// <summary>
/// Sobol's sequence with the direction numbers of Joe and Kuo (2008, new-joe-kuo-6), in the order of Antonov and Saleev: base 2,
/// 32 bits.
/// </summary>
internal static class SobolSequence
{
    private const int BitsOf = 32;

    /// <summary>Degree and coefficients of each dimension's primitive polynomial, and its first direction numbers; the first dimension has none.</summary>
    private static readonly (int Degree, int Coefficients, uint[] First)[] s_polynomials =
    [
        (1, 0, [1]),
        (2, 1, [1, 3]),
        (3, 1, [1, 3, 1]),
        (3, 2, [1, 1, 1]),
        (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]),
        (5, 4, [1, 1, 5, 5, 5]),
        (5, 7, [1, 1, 7, 11, 19]),
        (5, 11, [1, 1, 5, 1, 1]),
        (5, 13, [1, 1, 1, 3, 11]),
        (5, 14, [1, 3, 5, 5, 31]),
        (6, 1, [1, 3, 3, 9, 7, 49]),
        (6, 13, [1, 1, 1, 15, 21, 21]),
        (6, 16, [1, 3, 1, 13, 27, 49]),
        (6, 19, [1, 1, 1, 15, 7, 5]),
        (6, 22, [1, 3, 1, 15, 13, 25]),
        (6, 25, [1, 1, 5, 5, 19, 61]),
        (7, 1, [1, 3, 7, 11, 23, 15, 103]),
        (7, 4, [1, 3, 7, 13, 13, 15, 69]),
    ];

    private static readonly uint[][] s_directions =
    [
        [.. Enumerable.Range(0, BitsOf).Select(i => 1u << (BitsOf - 1 - i))],
        .. s_polynomials.Select(polynomial => Directions(polynomial.Degree, polynomial.Coefficients, polynomial.First)),
    ];

    /// <summary>Dimensions that there are direction numbers for.</summary>
    public static int MostDimensions => s_directions.Length;

    /// <summary>A coordinate of a point, in units of 2^-32.</summary>
    /// <param name="point">The point, from 0.</param>
    /// <param name="dimension">The dimension, from 0.</param>
    public static uint Bits(long point, int dimension)
    {
        var gray = point ^ (point >> 1);
        var bits = 0u;
        for (var i = 0; gray != 0; i++, gray >>= 1)
            if ((gray & 1) == 1)
                bits ^= s_directions[dimension][i];
        return bits;
    }

    private static uint[] Directions(int degree, int coefficients, uint[] first)
    {
        var directions = new uint[BitsOf];
        for (var i = 0; i < BitsOf; i++)
        {
            if (i < degree)
            {
                directions[i] = first[i] << (BitsOf - 1 - i);
                continue;
            }
            directions[i] = directions[i - degree] ^ (directions[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
                if (((coefficients >> (degree - 1 - k)) & 1) == 1)
                    directions[i] ^= directions[i - k];
        }
        return directions;
    }
}
